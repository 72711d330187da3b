"""Begin an application: from the phone, or by a clerk for somebody who comes, calls or writes."""

from dataclasses import dataclass

from django.db import transaction

from nenrin.core.accounts.models import User
from nenrin.core.audit.services.record_act import record_act
from nenrin.core.people.models import Household, Person
from nenrin.engines.forms.models import DefinitionVersion
from nenrin.engines.forms.selectors import definition_of

from ...applicant.access import hash_of_code, needs_sign_in, new_code
from ...models import Application, Identity, Mouth


class StartRefused(Exception):
    """It cannot be begun so; the text says what to do, in Japanese."""


@dataclass(frozen=True)
class Starter:
    """For whom, by which mouth, and how sure we are of them; ``user`` comes back by signing in."""

    mouth: Mouth
    identity: Identity
    user: User | None = None
    person: Person | None = None
    household: Household | None = None


@transaction.atomic
def start_application(
    *, version: DefinitionVersion, starter: Starter, acting_user: str
) -> tuple[Application, str]:
    """Make a draft that pins the version. Without a sign-in also the code to come back with.

    Raises StartRefused where the form wants somebody known and nobody is; a clerk may always type,
    and who it was then stands among the checks.
    """
    definition = definition_of(version)
    if starter.mouth == Mouth.PHONE and needs_sign_in(definition, starter.identity):
        raise StartRefused("この手続きは、先にサインインしてください。窓口や電話でもできます。")
    code = "" if starter.user else new_code()
    application = Application.objects.create(
        version=version,
        code_hash=hash_of_code(code) if code else "",
        typed_by=acting_user,
        **vars(starter),
    )
    record_act(
        actor=acting_user,
        action="procedures.start",
        subject=f"application:{application.pk}",
        detail={"form": definition.slug, "mouth": starter.mouth},
    )
    return application, code
