"""Decide an application, draw its notice, and tell the applicant."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from nenrin.core.files.models import StoredFile
from nenrin.core.files.services.store_file import store_file
from nenrin.core.printing.compiler import compile_pdf
from nenrin.core.tenancy.models import Town
from nenrin.engines.casework.models import Case, Decision
from nenrin.engines.casework.services.decide_case import decide_case
from nenrin.engines.forms.fields.identity.date_ import in_era
from nenrin.engines.forms.selectors import definition_of

from ..applicant.names import applicant_name
from ..fees import charge_fee, drop_fee, is_due
from ..locking import ApplicationRefused, lock_sent
from ..models import Application
from ..telling import tell
from .drafts.keep_attachment import PURPOSE
from .start_stage import ask_for_stage

TEMPLATE = Path(__file__).parent.parent / "print" / "notice.typ"
APPEAL = (
    "この決定に不服があるときは、この決定があったことを知った日の翌日から起算して3か月以内に、"
    "町長に対して審査請求をすることができます（行政不服審査法）。"
)


@dataclass(frozen=True)
class Verdict:
    """What is decided: ``outcome`` is one of Decision.Outcome."""

    outcome: str
    words: str
    grounds: str


@transaction.atomic
def decide_application(*, application: Application, verdict: Verdict, acting_user: str) -> Decision:
    """Decide once; the notice is PDF/A. Raises ApplicationRefused, CaseRefused.

    After an approval the case goes on where its form names another stage.
    """
    found = lock_sent(application)
    case = found.sent_case
    if found.stage != case.stage:
        raise ApplicationRefused("この段階は、もう決まっています。案件を開き直してください。")

    def draw(case: Case) -> StoredFile:
        return _notice(found, case, verdict, acting_user)

    decision = decide_case(
        case=case,
        outcome=verdict.outcome,
        words=verdict.words,
        grounds=verdict.grounds,
        draw=draw,
        acting_user=acting_user,
    )
    stage = None
    if verdict.outcome == Decision.Outcome.APPROVED:
        stage = ask_for_stage(application=found, case=case, acting_user=acting_user)
    case.refresh_from_db()
    turn = "next" if stage else verdict.outcome
    tell(application=found, turn=turn, acting_user=acting_user)
    if verdict.outcome == Decision.Outcome.REFUSED:
        drop_fee(application=found, reason="認めない決定", acting_user=acting_user)
    elif _charge(found, acting_user):
        tell(application=found, turn="fee", acting_user=acting_user)
    return decision


def _charge(application: Application, acting_user: str) -> bool:
    """Charge what is paid after the decision; whether there is something to pay."""
    if not is_due(definition_of(application.version), "approved"):
        return False
    owed = charge_fee(application=application, acting_user=acting_user)
    return owed is not None and owed.payable > 0


def _notice(application: Application, case: Case, verdict: Verdict, acting_user: str) -> StoredFile:
    now = timezone.now()
    definition = definition_of(application.version)
    refused = verdict.outcome == Decision.Outcome.REFUSED
    content = {
        "number": case.number,
        "day": in_era(timezone.localdate(now)),
        "town": Town.objects.get(pk=case.town_id).name,
        "title": definition.title,
        "to": applicant_name(application),
        "asked_on": in_era(timezone.localdate(case.opened_at)),
        "outcome": Decision.Outcome(verdict.outcome).label,
        "words": verdict.words,
        "grounds": verdict.grounds,
        "decides": definition.decides or "町長",
        "office": case.section.name if case.section else definition.owner,
        "appeal": APPEAL if refused else "",
    }
    return store_file(
        content=compile_pdf(TEMPLATE, content, created_at=now),
        name=f"決定通知書_{case.number}.pdf",
        allowed={"pdf"},
        acting_user=acting_user,
        purpose=PURPOSE,
    )
