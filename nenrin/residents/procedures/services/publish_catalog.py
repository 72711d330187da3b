"""Give a town the procedures that ship with the product."""

from django.db import transaction
from procrastinate.contrib.django import app

from nenrin.core.search.services.index_entry import Findable, index_entry
from nenrin.core.tenancy.scope import current_town_code
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.models import DefinitionVersion, FormDefinition
from nenrin.engines.forms.selectors import definition_of, newest_of
from nenrin.engines.forms.services.publish_version import publish_version

from ..catalog import catalog, stage_forms

PUBLISH = "nenrin.residents.procedures.tasks.publish_shipped"
SEARCH_KIND = "procedure"
# `make up` and its drill come first: trying a hundred forms takes some seconds of a core.
WAIT_SECONDS = 60


def publish_catalog(*, acting_user: str) -> list[DefinitionVersion]:
    """Publish every shipped definition in the town in scope; those that have not changed stay.

    A form whose newest version somebody else published is the town's own by now, and is left alone.
    Raises DefinitionRefused for one that the simulator refuses. Takes some seconds.
    """
    for stage in stage_forms().values():
        if _own_version(stage, acting_user) is None:
            publish_version(definition=stage, acting_user=acting_user)
    return [
        _own_version(definition, acting_user)
        or publish_procedure(definition=definition, acting_user=acting_user)
        for definition in catalog().values()
    ]


def _own_version(shipped: Definition, shipper: str) -> DefinitionVersion | None:
    """What the town made of a shipped form; None where it has only what was shipped."""
    newest = newest_of(shipped.slug)
    return newest if newest and newest.published_by != shipper else None


@transaction.atomic
def publish_procedure(*, definition: Definition, acting_user: str) -> DefinitionVersion:
    """Publish one and let it be found by its everyday words. Raises DefinitionRefused."""
    version = publish_version(definition=definition, acting_user=acting_user)
    if version.form.is_open:
        make_findable(version)
    return version


def make_findable(version: DefinitionVersion) -> None:
    """Let it be found by its everyday words, in the caller's transaction."""
    definition = definition_of(version)
    words = (definition.summary, definition.group, " ".join(definition.keywords))
    index_entry(
        findable=Findable(
            kind=SEARCH_KIND,
            key=definition.slug,
            title=definition.title,
            text="\n".join(word for word in words if word),
            url=f"/procedures/{definition.slug}",
            happened_at=version.published_at,
        )
    )


def ask_for_catalog() -> bool:
    """Let a worker publish the catalog soon, where the town has no procedure; whether it will.

    Asked twice, the second job finds its work done.
    """
    if FormDefinition.objects.exists():
        return False
    town = current_town_code()
    job = app.configure_task(
        name=PUBLISH,
        queue="documents",
        schedule_in={"seconds": WAIT_SECONDS},
    )
    job.defer(town=town)
    return True
