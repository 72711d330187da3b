"""Carry a draft over to the form's newest version."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act
from nenrin.engines.forms.models import DefinitionVersion
from nenrin.engines.forms.selectors import definition_of
from nenrin.engines.forms.versions.recheck import Rechecked, recheck

from ...filling.outside import outside_now
from ...locking import ApplicationRefused, lock
from ...models import Application
from ...signing.services.void_signatures import void_signatures


@transaction.atomic
def adopt_version(
    *, application: Application, version: DefinitionVersion, acting_user: str
) -> Rechecked:
    """Pin the newer version; says what is asked anew or no longer. Raises ApplicationRefused."""
    found = lock(application)
    if found.case is not None or version.form_id != found.version.form_id:
        raise ApplicationRefused("送った申請の様式は変わりません。")
    carried = recheck(
        definition_of(found.version), definition_of(version), found.answers, outside_now()
    )
    found.version, found.answers = version, carried.answers
    found.save(update_fields=["version", "answers", "changed_at"])
    void_signatures(application=found, acting_user=acting_user)
    record_act(
        actor=acting_user,
        action="procedures.adopt",
        subject=f"application:{found.pk}",
        detail={"number": version.number},
    )
    return carried
