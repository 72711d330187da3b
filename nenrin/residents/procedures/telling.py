"""Whatever the applicant hears goes down the river, and stands on their page besides.

A household without a device is told by post, never by the paper that goes round the neighbours.
Seam: the river knows households; a message to one person's own devices alone needs an audience of
persons there.
"""

import csv
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from nenrin.core.messaging.models import Message
from nenrin.core.messaging.services.compose_message import Draft, compose_message
from nenrin.core.messaging.services.release_message import NotReleasable, release_message
from nenrin.core.messaging.states import Severity
from nenrin.core.people.models import Household
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


def tell(*, application: Application, turn: str, acting_user: str) -> ApplicationNotice:
    """Say the form's own words for this turn, or the usual ones, in the caller's transaction."""
    title, body = _words(application, turn)
    message = _send(application, title, body, acting_user)
    return ApplicationNotice.objects.create(
        application=application, turn=turn, title=title, body=body, message=message
    )


def _words(application: Application, turn: str) -> tuple[str, str]:
    definition = definition_of(application.version)
    own = next((one for one in definition.notices if one.at == turn), None)
    title, body = (own.title, own.body) if own else _usual()[turn]
    case = application.case
    places = {
        "number": case.number if case else "",
        "title": definition.title,
        "office": _office(application, definition.owner),
        "day": f"{case.deadline:%-m月%-d日}" if case and case.deadline else "",
        "fee": _fee(application),
    }
    return title.format(**places)[:LONGEST_TITLE], body.format(**places)


def _office(application: Application, owner: str) -> str:
    case = application.case
    return case.section.name if case and case.section else owner or "役場"


def _fee(application: Application) -> str:
    amount = (application.fee or {}).get("amount")
    return "あとでお知らせします" if amount is None else f"{amount:,}円"


def _send(application: Application, title: str, body: str, acting_user: str) -> Message | None:
    """The message, or None where no device of the household can hear it."""
    household = application.household
    if household is None or not has_device(household):
        return None
    draft = Draft(
        source=SOURCE,
        source_reference=str(application.pk),
        title=title,
        body=body,
        severity=Severity.NOTICE,
        expires_at=timezone.now() + HOLDS,
    )
    try:
        with transaction.atomic():
            message = compose_message(draft=draft, households=[household.pk])
            release_message(message=message, acting_user=acting_user)
    except NotReleasable:
        # They moved away, or the town has no ladder yet: the case goes on, the post tells them.
        return None
    return message


def has_device(household: Household) -> bool:
    """Whether something other than a telephone or paper carries words into this household."""
    endpoints = household.endpoints.filter(
        retired_at=None, verified_at__isnull=False, consented_at__isnull=False
    )
    return endpoints.exclude(kind__in=("voice", "sms")).exists()
