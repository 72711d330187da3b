"""Applications of one resident in every state, for the pictures."""

from uuid import uuid4

from nenrin.core.organization.models import StaffMember
from nenrin.core.people.models import Person
from nenrin.engines.casework.services.tick_check import tick_check
from nenrin.engines.forms.definition_file import write_content
from nenrin.engines.forms.selectors import definition_of
from nenrin.engines.forms.services.start_draft import Origin, start_draft
from nenrin.residents.procedures.models import Application, Identity, Mouth
from nenrin.residents.procedures.services.ask_to_mend import ask_to_mend
from nenrin.residents.procedures.services.decide_application import Verdict, decide_application
from nenrin.residents.procedures.services.publish_catalog import publish_catalog
from nenrin.residents.procedures.services.submit_application import submit_application
from nenrin.residents.procedures.services.write_words import write_to_desk
from nenrin.residents.procedures.tests.factories import (
    RECORD,
    begin,
    fill,
    publish,
    record_answers,
)


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
    return {
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
