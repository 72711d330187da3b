"""Sign, or say that one does not; take one's own signature back."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.people.rules import contains_my_number
from nenrin.engines.forms.selectors import definition_of

from ...applicant.access import reaches
from ...applicant.standing import Standing
from ...locking import ApplicationRefused, is_open, lock
from ...models import Application, Identity, Signature
from ...telling import tell
from ..rules import digest_of, keys_of, keys_of_applicant, signer_of, unsigned

TWICE = "同じ人は、二度署名できません。申請する方やほかの署名の方とは別の人に、お願いしてください。"


@dataclass(frozen=True)
class Hand:
    """Who signs: what they write of themselves, what their session proves, what they have read."""

    name: str
    birth_date: date
    standing: Standing
    digest: str


@transaction.atomic
def sign_application(*, signature: Signature, hand: Hand, acting_user: str) -> Signature:
    """Sign what was read. Raises ApplicationRefused: changed meanwhile, not known enough, twice."""
    application, found = _open(signature)
    signer = signer_of(definition_of(application.version), found.role)
    if signer is None or hand.digest != digest_of(signer, application):
        raise ApplicationRefused(
            "読んでいるあいだに、書いたことが変わりました。新しい内容を読んでから署名してください。"
        )
    identity = level_of(found, hand.standing)
    if not reaches(identity, signer.identity):
        raise ApplicationRefused("署名する前に、本人の確かめをしてください。")
    if contains_my_number(hand.name):
        raise ApplicationRefused(
            "お名前のところに、マイナンバーらしい数字があります。消してください。"
        )
    keys = keys_of(hand.standing, hand.name, hand.birth_date)
    _require_another_person(application, found, keys)
    found.who, found.signed_name = sorted(keys), hand.name.strip()[:80]
    found.identity, found.digest = identity, hand.digest
    found.state, found.signed_at, found.words = Signature.State.SIGNED, timezone.now(), ""
    found.save()
    _record(found, "procedures.sign", acting_user)
    if not unsigned(application, definition_of(application.version)):
        tell(application=application, turn="signed", acting_user=acting_user)
    return found


def level_of(signature: Signature, standing: Standing) -> Identity:
    """A mailed link has proved its address as a mailed code would."""
    if standing.identity == Identity.NONE and signature.email:
        return Identity.CONTACT
    return standing.identity


@transaction.atomic
def decline_signature(*, signature: Signature, words: str, acting_user: str) -> None:
    """Say that one does not sign; the applicant is told. Raises ApplicationRefused."""
    application, found = _open(signature)
    if contains_my_number(words):
        raise ApplicationRefused("マイナンバーらしい数字があります。消してください。")
    found.state, found.words = Signature.State.DECLINED, words.strip()[:400]
    found.save(update_fields=["state", "words"])
    _record(found, "procedures.decline_signature", acting_user)
    tell(application=application, turn="declined", acting_user=acting_user)


@transaction.atomic
def withdraw_signature(*, signature: Signature, acting_user: str) -> None:
    """Take one's own signature back while it has not been sent. Raises ApplicationRefused."""
    application = lock(signature.application)
    found = application.signatures.select_for_update().get(pk=signature.pk)
    if not is_open(application):
        raise ApplicationRefused("申請はもう役場に届いています。役場に電話してください。")
    if found.state != Signature.State.SIGNED:
        raise ApplicationRefused("まだ署名していません。")
    found.state, found.who, found.digest = Signature.State.INVITED, [], ""
    found.signed_at = None
    found.save()
    _record(found, "procedures.withdraw_signature", acting_user)


def _open(signature: Signature) -> tuple[Application, Signature]:
    """Application and signature, locked in this order."""
    application = lock(signature.application)
    found = application.signatures.select_for_update().filter(pk=signature.pk).first()
    if found is None or not found.is_open:
        raise ApplicationRefused("この署名は、もう済んだか、取り消されています。")
    if not is_open(application):
        raise ApplicationRefused("この申請は、もう役場に送られています。")
    return application, found


def _require_another_person(application: Application, own: Signature, keys: set[str]) -> None:
    others = application.signatures.filter(state=Signature.State.SIGNED).exclude(pk=own.pk)
    taken = {key for one in others for key in one.who} | keys_of_applicant(application)
    if keys & taken:
        raise ApplicationRefused(TWICE)


def _record(signature: Signature, action: str, acting_user: str) -> None:
    record_act(
        actor=acting_user,
        action=action,
        subject=f"application:{signature.application_id}",
        detail={"signature": signature.pk, "role": signature.role, "level": signature.identity},
    )
