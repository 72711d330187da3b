"""What a household has applied for: a form of our town only, and a case made from it."""

from pathlib import Path
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from nenrin.core.people.models import CardIdentity, Household
from nenrin.core.printing.compiler import compile_pdf
from nenrin.core.printing.tests import __file__ as printing_tests
from nenrin.engines.forms.definition_file import write_content
from nenrin.engines.forms.selectors import definition_of
from nenrin.engines.forms.services.publish_version import publish_version
from nenrin.engines.forms.services.start_draft import Origin, start_draft
from nenrin.engines.payments.selectors import request_for
from nenrin.engines.payments.services.refund_payment import refund_payment
from nenrin.engines.payments.services.set_up_merchants import set_up_counter
from nenrin.engines.payments.services.take_at_counter import take_at_counter
from nenrin.residents.procedures.fees import subject_of
from nenrin.residents.procedures.models import Application, Identity, Mouth
from nenrin.residents.procedures.services.ask_to_mend import ask_to_mend
from nenrin.residents.procedures.services.drafts.save_answers import save_answers
from nenrin.residents.procedures.services.drafts.start_application import Starter, start_application
from nenrin.residents.procedures.services.papers.keep_scan import keep_scan
from nenrin.residents.procedures.services.submit_application import submit_application
from nenrin.residents.procedures.signing.links import code_of
from nenrin.residents.procedures.signing.services.invite_signer import invite_signer
from nenrin.residents.procedures.tests.factories import RECORD, record_answers, shipped
from nenrin.residents.procedures.tests.signed_forms import ANSWERS, publish_marriage

SAMPLE = Path(printing_tests).with_name("sample.typ")


def make_applied_things(household: Household) -> dict[str, object]:
    """One sent application of the head of the household, by the names of address parts."""
    owner = household.persons.get(is_head=True)
    version = publish_version(definition=shipped(RECORD), acting_user="t")
    starter = Starter(Mouth.PHONE, Identity.LOGIN, owner.user, owner, household)
    application, _ = start_application(version=version, starter=starter, acting_user="t")
    secret = {"family": "秘密野", "given": "花子", "family_kana": "ヒ", "given_kana": "ハ"}
    answers = record_answers(applicant=secret)
    save_answers(application=application, before={}, answers=answers)
    paper = SimpleUploadedFile("kami.pdf", compile_pdf(SAMPLE, {"title": "himitsu", "body": "x"}))
    scan = keep_scan(application=application, upload=paper, acting_user="t")
    case = submit_application(application=application, submission=uuid4(), acting_user="t")
    ask_to_mend(application=application, fields=["applicant"], words="himitsu", acting_user="t")
    ids = {"application": application.pk, "applied case": case.pk, "form": RECORD, "scan": scan.pk}
    start_draft(
        content=write_content(definition_of(version)),
        origin=Origin(based_on=version),
        acting_user="t",
    )
    signed = _signed_things(starter)
    return ids | signed | {"card": _waiting_card().pk} | _money(application)


def _signed_things(starter: Starter) -> dict[str, object]:
    """A draft that somebody else is asked to sign, and their link."""
    version = publish_marriage()
    draft, _ = start_application(version=version, starter=starter, acting_user="t")
    answers = ANSWERS | {"note": "himitsu"}
    save_answers(application=draft, before={}, answers=answers)
    signature = invite_signer(
        application=draft, role="witness", name="証人", email="", acting_user="t"
    )
    return {
        "signed form": draft.pk, "signature": signature.pk, "sign code": code_of(signature),
    }  # fmt: skip


def _waiting_card() -> CardIdentity:
    now = timezone.now()
    says = {"name": "秘密野 花子", "birth_date": "1950-01-01", "address": "himitsu"}
    return CardIdentity.objects.create(
        issuer="https://c", subject="himitsu", says=says, first_at=now, last_at=now
    )


def _money(application: Application) -> dict[str, object]:
    """The fee, paid at the counter, a part of it given back."""
    set_up_counter()
    owed = request_for(subject_of(application))
    payment = take_at_counter(
        request=owed, provider="cash", amount=owed.payable, slip="", acting_user="t"
    )
    refund = refund_payment(payment=payment, amount=84, reason="himitsu", acting_user="t")
    return {"owed": owed.pk, "payment": payment.pk, "refund": refund.pk}
