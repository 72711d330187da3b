"""Reading forms: the newest version of one, the one an application pinned, all that are open."""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery

from .definition import Definition
from .definition_file import read_content, write_definition
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


def newest_versions() -> Iterator[DefinitionVersion]:
    """The version in force of every open form."""
    newest = DefinitionVersion.objects.filter(form=OuterRef("pk")).order_by("-number")
    forms = FormDefinition.objects.filter(is_open=True).annotate(
        newest=Subquery(newest.values("pk")[:1])
    )
    numbers = forms.values("newest")
    yield from DefinitionVersion.objects.filter(pk__in=numbers).select_related("form")


def export_version(version: DefinitionVersion) -> str:
    """The version as a file another town can adopt."""
    return write_definition(definition_of(version))
