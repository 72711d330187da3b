"""Answers changed: what was signed is not what stands there now."""

from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.engines.forms.selectors import definition_of

from ...models import Application, Signature
from ..mails import mail_signer
from ..rules import digest_of, signer_of


def void_signatures(*, application: Application, acting_user: str) -> list[Signature]:
    """Void the signatures whose pages changed, in the caller's transaction; says which.

    Pages a signer did not see may change freely. Who has an address is asked again by mail.
    """
    definition = definition_of(application.version)
    voided = []
    for signature in application.signatures.filter(state=Signature.State.SIGNED):
        signer = signer_of(definition, signature.role)
        if signer and digest_of(signer, application) == signature.digest:
            continue
        signature.state, signature.who, signature.digest = Signature.State.VOID, [], ""
        signature.invited_at = timezone.now()
        signature.save(update_fields=["state", "who", "digest", "invited_at"])
        record_act(
            actor=acting_user,
            action="procedures.void_signature",
            subject=f"application:{application.pk}",
            detail={"signature": signature.pk, "role": signature.role},
        )
        mail_signer(signature, "void")
        voided.append(signature)
    return voided
