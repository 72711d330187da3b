"""Applications of one resident in every state, for the pictures."""

from pathlib import Path
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from nenrin.core.organization.models import StaffMember
from nenrin.core.people.models import CardIdentity, Person
from nenrin.core.printing.compiler import compile_pdf
from nenrin.core.printing.tests import __file__ as printing_tests
from nenrin.engines.casework.services.tick_check import tick_check
from nenrin.engines.forms.definition_file import write_content
from nenrin.engines.forms.selectors import definition_of
from nenrin.engines.forms.services.start_draft import Origin, start_draft
from nenrin.residents.procedures.models import Application, Identity, Mouth
from nenrin.residents.procedures.services.ask_to_mend import ask_to_mend
from nenrin.residents.procedures.services.decide_application import Verdict, decide_application
from nenrin.residents.procedures.services.drafts.start_application import Starter, start_application
from nenrin.residents.procedures.services.papers.keep_scan import keep_scan
from nenrin.residents.procedures.services.publish_catalog import publish_catalog
from nenrin.residents.procedures.services.submit_application import submit_application
from nenrin.residents.procedures.services.write_words import write_to_desk
from nenrin.residents.procedures.signing.links import code_of
from nenrin.residents.procedures.signing.services.invite_signer import invite_signer
from nenrin.residents.procedures.tests.factories import (
    RECORD,
    begin,
    fill,
    publish,
    record_answers,
)
from nenrin.residents.procedures.tests.signed_forms import ANSWERS, publish_marriage
from nenrin.residents.procedures.tests.stages import decide, grant

SAMPLE = Path(printing_tests).with_name("sample.typ")


def _written() -> str:
    """A draft of a published procedure, for the editor's pages."""
    version = publish(RECORD)
    start_draft(
        content=write_content(definition_of(version)),
        origin=Origin(based_on=version),
        acting_user="screens",
    )
    return RECORD


def applied_ids(person: Person) -> dict[str, str]:
    """Drafts, sent ones, one asked back, one decided, and one that a clerk types."""
    publish_catalog(acting_user="screens")
    asked, full, sent = _application(person), _application(person), _application(person)
    _send(asked)
    ask_to_mend(
        application=asked,
        fields=["copies"],
        words="通数が多いようです。何通いるか、もう一度確かめてください。",
        acting_user="screens",
    )
    _send(sent)
    write_to_desk(application=sent, words="金曜日までに使います。", acting_user="screens")
    decided = _decided(person)
    typist = StaffMember.objects.filter(roles__len__gt=0).first().user.email
    clerk = {"mouth": Mouth.COUNTER, "identity": Identity.DESK, "user": None}
    typed, _ = begin(person=person, **clerk)
    Application.objects.filter(pk=typed.pk).update(typed_by=typist)
    draft, _ = begin(person=person)
    fill(draft, record_answers())
    stage, paper = _staged(person), _on_paper(person, typist)
    return {
        "staged_case": str(stage.case_id),
        "application_staged": str(stage.pk),
        "application_paper": str(paper.pk),
        **_signed(person),
        "editor": _written(),
        "application": str(asked.pk),
        "application_full": str(full.pk),
        "application_sent": str(sent.pk),
        "application_draft": str(draft.pk),
        "application_decided": str(decided.pk),
        "application_typed": str(typed.pk),
        "applied_case": str(sent.case_id),
        "decided_case": str(decided.case_id),
    }


def _staged(person: Person) -> Application:
    """A grant that was decided and waits for its report."""
    first = grant(person)
    decide(first)
    return first


def _on_paper(person: Person, typist: str) -> Application:
    """Typed from a scan that lies beside the form."""
    paper, _ = begin(person=person, mouth=Mouth.PAPER, identity=Identity.DESK, user=None)
    Application.objects.filter(pk=paper.pk).update(typed_by=typist)
    content = {"title": "住民票の写しの請求書", "body": "紙で出された請求書の写しです。"}
    scan = SimpleUploadedFile("請求書.pdf", compile_pdf(SAMPLE, content))
    keep_scan(application=paper, upload=scan, acting_user="screens")
    return paper


def _signed(person: Person) -> dict[str, str]:
    """A draft that waits for two witnesses, and a card that waits for a person."""
    starter = Starter(Mouth.PHONE, Identity.LOGIN, person.user, person, person.household)
    draft, _ = start_application(
        version=publish_marriage(page="card"), starter=starter, acting_user="screens"
    )
    fill(draft, ANSWERS)
    signature = invite_signer(
        application=draft, role="witness", name="岸 秋子", email="", acting_user="screens"
    )
    now = timezone.now()
    name = f"{person.family_name} {person.given_name}"
    says = {"name": name, "birth_date": f"{person.birth_date}", "address": "新庄市沖の町10-37"}
    CardIdentity.objects.create(
        issuer="https://card", subject="screens", says=says, first_at=now, last_at=now
    )
    return {"application_signed": str(draft.pk), "sign_code": code_of(signature)}


def _application(person: Person) -> Application:
    application, _ = begin(person=person)
    fill(application, record_answers())
    return application


def _send(application: Application) -> None:
    submit_application(application=application, submission=uuid4(), acting_user="screens")
    application.refresh_from_db()


def _decided(person: Person) -> Application:
    application = _application(person)
    _send(application)
    for item in application.sent_case.checks.all():
        tick_check(case=application.sent_case, key=item.key, is_done=True, acting_user="screens")
    verdict = Verdict("approved", "請求のとおり住民票の写しを交付する。", "住民基本台帳法 第12条")
    decide_application(application=application, verdict=verdict, acting_user="screens")
    return application
