"""Reading forms: the newest version of one, the one an application pinned, all that are open."""

from django.db.models import OuterRef, QuerySet, Subquery

from .definition import Definition
from .definition_file import read_content
from .models import DefinitionVersion, FormDefinition

REMEMBERED = 512
# Content of a version never changes, so a definition once read is good for the process's life.
_read: dict[str, Definition] = {}


def definition_of(version: DefinitionVersion) -> Definition:
    """The definition of a published version."""
    found = _read.get(version.digest)
    if found is None:
        if len(_read) >= REMEMBERED:
            _read.clear()
        found = _read[version.digest] = read_content(version.content)
    return found


def newest_of(slug: str) -> DefinitionVersion | None:
    """The newest version of a form, also of one that is closed now."""
    return DefinitionVersion.objects.filter(form__slug=slug).order_by("-number").first()


def newest_version(slug: str) -> DefinitionVersion | None:
    """The version in force of an open form."""
    versions = DefinitionVersion.objects.filter(form__slug=slug, form__is_open=True)
    return versions.select_related("form").order_by("-number").first()


def open_versions() -> QuerySet[DefinitionVersion]:
    """The version in force of every open form."""
    return newest_versions(FormDefinition.objects.filter(is_open=True))


def newest_versions(forms: QuerySet[FormDefinition]) -> QuerySet[DefinitionVersion]:
    """The newest version of each form; contents are read only where not known yet."""
    newest = DefinitionVersion.objects.filter(form=OuterRef("pk")).order_by("-number")
    numbers = forms.annotate(newest=Subquery(newest.values("pk")[:1])).values("newest")
    found = DefinitionVersion.objects.filter(pk__in=numbers).select_related("form")
    return found.defer("content", "report", "changes").order_by("form__slug")
