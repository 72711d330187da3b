"""Ask somebody to sign, ask again, or take the asking back."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.people.rules import contains_my_number
from nenrin.engines.forms.selectors import definition_of

from ...locking import ApplicationRefused, locked_application
from ...models import Application, Signature
from ..mails import mail_signer
from ..rules import signer_of

MOST_REMINDERS = 3


@transaction.atomic
def invite_signer(
    *, application: Application, role: str, name: str, email: str, acting_user: str
) -> Signature:
    """Invite one more signer, by mail where an address is given. Raises ApplicationRefused."""
    found = locked_application(application)
    signer = signer_of(definition_of(found.version), role)
    if signer is None:
        raise ApplicationRefused("この手続きに、その署名はありません。")
    if contains_my_number(name):
        raise ApplicationRefused(
            "お名前のところに、マイナンバーらしい数字があります。消してください。"
        )
    known = found.signatures.exclude(state=Signature.State.DECLINED)
    if known.filter(role=role).count() >= signer.count:
        raise ApplicationRefused(
            f"{signer.label}は{signer.count}人です。替えるときは、先に前の人を取り消してください。"
        )
    if email and known.filter(email__iexact=email).exists():
        raise ApplicationRefused(
            "このアドレスの方には、もうお願いしています。別の方にしてください。"
        )
    made = Signature.objects.create(
        application=found,
        role=role,
        name=name.strip()[:80],
        email=email.strip().lower(),
        invited_at=timezone.now(),
    )
    record_act(
        actor=acting_user,
        action="procedures.invite_signer",
        subject=f"application:{found.pk}",
        detail={"signature": made.pk, "role": role, "by_mail": bool(made.email)},
    )
    mail_signer(made, "invited")
    return made


@transaction.atomic
def take_back_signature(*, signature: Signature, acting_user: str) -> None:
    """Take somebody out: the link is closed, a signature is gone. Raises ApplicationRefused."""
    locked_application(signature.application)
    record_act(
        actor=acting_user,
        action="procedures.take_back_signature",
        subject=f"application:{signature.application_id}",
        detail={"signature": signature.pk, "was": signature.state},
    )
    signature.delete()


@transaction.atomic
def remind_signer(*, signature: Signature, acting_user: str) -> None:
    """Mail once more; the link's days begin anew.

    Raises ApplicationRefused where that was done often enough.
    """
    open_one = Signature.objects.select_for_update(of=("self",)).filter(
        pk=signature.pk, state__in=(Signature.State.INVITED, Signature.State.VOID)
    )
    found = open_one.select_related("application__version", "application__person").first()
    if found is None or not found.email:
        raise ApplicationRefused("この方には、メールを送れません。リンクを渡してください。")
    if found.reminders >= MOST_REMINDERS:
        raise ApplicationRefused("もう何度も送りました。電話などで知らせてください。")
    now = timezone.now()
    Signature.objects.filter(pk=found.pk).update(
        reminders=F("reminders") + 1, reminded_at=now, invited_at=now
    )
    record_act(
        actor=acting_user,
        action="procedures.remind_signer",
        subject=f"application:{found.application_id}",
        detail={"signature": found.pk},
    )
    mail_signer(found, "reminded")


@transaction.atomic
def renew_link(*, signature: Signature, acting_user: str) -> Signature:
    """A new link to hand over; the ones before are closed. Raises ApplicationRefused.

    Not for whom a mail is sent: that their link was opened proves the address.
    """
    locked_application(signature.application)
    if signature.email:
        raise ApplicationRefused(
            "この方には、メールでお願いしています。「もう一度知らせる」を使ってください。"
        )
    Signature.objects.filter(pk=signature.pk).update(
        link_round=F("link_round") + 1, invited_at=timezone.now()
    )
    record_act(
        actor=acting_user,
        action="procedures.renew_signer_link",
        subject=f"application:{signature.application_id}",
        detail={"signature": signature.pk},
    )
    signature.refresh_from_db()
    return signature
