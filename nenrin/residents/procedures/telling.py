"""Whatever the applicant hears goes down the river, and stands on their page besides.

Only the applicant is told: on their own devices, or on the tablet of one who lives alone. Who has
none is told by post, never by the paper that goes round the neighbours.
"""

import csv
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.utils import timezone

from nenrin.core.messaging.models import Message
from nenrin.core.messaging.services.compose_message import Draft
from nenrin.core.messaging.services.tell_person import tell_person
from nenrin.core.messaging.states import Severity
from nenrin.engines.casework.models import Case
from nenrin.engines.forms.selectors import definition_of

from .models import Application, ApplicationNotice

USUAL = Path(__file__).parent / "data" / "notices.csv"
SOURCE = "procedures"
HOLDS = timedelta(days=30)
LONGEST_TITLE = 120


@cache
def _usual() -> dict[str, tuple[str, str]]:
    with USUAL.open(encoding="utf-8") as file:
        return {row["turn"]: (row["title"], row["body"]) for row in csv.DictReader(file)}


def tell(
    *,
    application: Application,
    turn: str,
    acting_user: str,
    places: Mapping[str, str] | None = None,
) -> ApplicationNotice:
    """Say the form's own words for this turn, or the usual ones, in the caller's transaction.

    ``places`` fill what only this turn has in its words.
    """
    title, body = _words(application, turn, places or {})
    message = _send(application, title, body, acting_user)
    return ApplicationNotice.objects.create(
        application=application, turn=turn, title=title, body=body, message=message
    )


def _words(application: Application, turn: str, more: Mapping[str, str]) -> tuple[str, str]:
    definition = definition_of(application.version)
    own = next((one for one in definition.notices if one.at == turn), None)
    title, body = (own.title, own.body) if own else _usual()[turn]
    case = application.case
    places = {
        "number": case.number if case else "",
        "title": definition.title,
        "office": _office(application, definition.owner),
        "day": _day(case),
        "fee": _fee(application),
        "next": case.stage_title if case else "",
        **more,
    }
    return title.format(**places)[:LONGEST_TITLE], body.format(**places)


def _day(case: Case | None) -> str:
    """The desk's day, or the applicant's while they owe the next paper."""
    day = (case.due or case.deadline) if case else None
    return f"{day:%-m月%-d日}" if day else "できるだけ早いうち"


def _office(application: Application, owner: str) -> str:
    case = application.case
    return case.section.name if case and case.section else owner or "役場"


def _fee(application: Application) -> str:
    amount = (application.fee or {}).get("amount")
    return "あとでお知らせします" if amount is None else f"{amount:,}円"


def _send(application: Application, title: str, body: str, acting_user: str) -> Message | None:
    """The message, or None where no device of the applicant's own can hear it."""
    if application.person is None:
        return None
    draft = Draft(
        source=SOURCE,
        source_reference=str(application.pk),
        title=title,
        body=body,
        severity=Severity.NOTICE,
        expires_at=timezone.now() + HOLDS,
    )
    return tell_person(person=application.person, draft=draft, acting_user=acting_user)
