"""Publish a definition as the form's next version, after it was tried."""

import hashlib
import json

from django.db import connection, transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.tenancy.scope import current_town_code

from ..definition import Definition
from ..definition_file import write_content
from ..faults import DefinitionRefused, Fault
from ..models import DefinitionVersion, FormDefinition
from ..selectors import definition_of, newest_of
from ..simulation.examples import broken_examples
from ..simulation.findings import FindingKind, Simulation
from ..simulation.simulate import simulate
from ..versions.differences import differences

LOCK_CLASS = 0x666F726D


@transaction.atomic
def publish_version(*, definition: Definition, acting_user: str) -> DefinitionVersion:
    """Make the next version of the form of this slug; the same content again is the same version.

    Raises DefinitionRefused with all that the simulator and the definition's own examples found,
    and publishes nothing then.
    """
    content = write_content(definition)
    digest = _digest(content)
    _lock()
    last = newest_of(definition.slug)
    if last and last.digest == digest:
        return last
    tried = simulate(definition, today=timezone.localdate())
    faults = [*_faults(tried), *broken_examples(definition)]
    if faults:
        raise DefinitionRefused(faults)
    # What only follows another form is never begun by itself.
    closed = {"is_open": False} if definition.is_stage else {}
    form, _ = FormDefinition.objects.update_or_create(
        slug=definition.slug, defaults={"title": definition.title} | closed
    )
    made = DefinitionVersion.objects.create(
        form=form,
        number=last.number + 1 if last else 1,
        content=content,
        digest=digest,
        changes=list(differences(definition_of(last), definition)) if last else [],
        report=tried.report(),
        published_at=timezone.now(),
        published_by=acting_user,
    )
    record_act(
        actor=acting_user,
        action="forms.publish",
        subject=f"form:{definition.slug}",
        detail={"number": made.number, "digest": digest, "paths": tried.paths},
    )
    return made


def _lock() -> None:
    """Numbers are given one after the other within a town."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, int(current_town_code())]
        )


def _digest(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _faults(tried: Simulation) -> list[Fault]:
    found = [one for one in tried.findings if one.kind is not FindingKind.NOTE]
    return [Fault("試した結果", one.message) for one in found]
