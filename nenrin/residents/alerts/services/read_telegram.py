"""Fold a telegram into a town's state, and act on what changed."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from nenrin.core.areas.models import TownPlace
from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.models import Message
from nenrin.core.messaging.services.compose_message import Draft, compose_message
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.states import Severity
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import current_town_code

from ..english import english_words
from ..models import (
    AlertChange,
    AlertRule,
    Drill,
    HazardState,
    SourceState,
    Telegram,
    TelegramReading,
)
from ..readings.place import PlaceCodes, Reading
from ..rules import Change, Known, Rule, fold, rule_for
from ..statements import read_for_place
from ..telegrams.model import InfoType, Status
from ..telegrams.model import Telegram as ParsedTelegram
from ..words import compose_words

MAX_AGE = timedelta(hours=1)
MESSAGE_LIFE = timedelta(hours=12)
DRILL_HURRY = 12
ALERTS_LOCK = 0x616C6572


@transaction.atomic
def read_telegram(
    *, row: Telegram, parsed: ParsedTelegram, drill: Drill | None = None
) -> list[Message]:
    """Read a stored telegram for the town in scope, once; returns the messages released.

    Only changes act. 訓練・試験 telegrams reach people only inside a drill; a telegram older than
    MAX_AGE, or older than what its source said already, is recorded and not sent.
    """
    _take_turns()
    reading_row, is_first = TelegramReading.objects.get_or_create(
        telegram=row, defaults={"outcome": ""}
    )
    if not is_first:
        return []
    reading = read_for_place(parsed, _place())
    reading_row.outcome = _why_not(row, parsed, reading, drill)
    messages: list[Message] = []
    if not reading_row.outcome and reading:
        changes = _fold_in(row, parsed, reading, drill)
        is_late = drill is None and _age(row.report_datetime) > MAX_AGE
        messages = [m for c in changes if (m := _act(c, row, reading, drill, is_late))]
        reading_row.outcome = _outcome(changes, is_late)
    reading_row.save(update_fields=["outcome"])
    return messages


def _take_turns() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [ALERTS_LOCK, int(current_town_code())]
        )


def _place() -> PlaceCodes:
    place = TownPlace.objects.get()
    return PlaceCodes(
        municipality_area=place.municipality_area,
        grouped_area=place.grouped_area,
        primary_area=place.primary_area,
        forecast_office=place.forecast_office,
        seismic_area=place.seismic_area,
        seismic_city=place.seismic_city,
        rivers=tuple(place.rivers),
    )


def _why_not(
    row: Telegram, parsed: ParsedTelegram, reading: Reading | None, drill: Drill | None
) -> str:
    if parsed.kind.is_transitional:
        return "経過措置の電文のため、記録のみ"
    if reading is None:
        return "この町についての内容はありません"
    if parsed.control.status is not Status.NORMAL and drill is None:
        return f"{parsed.control.status}の電文のため、記録のみ"
    newest = SourceState.objects.filter(source=reading.source, drill=drill).first()
    if newest and newest.telegram.report_datetime > row.report_datetime:
        return "より新しい電文を先に受け取っているため、記録のみ"
    return ""


def _fold_in(
    row: Telegram, parsed: ParsedTelegram, reading: Reading, drill: Drill | None
) -> list[Change]:
    states = {
        state.hazard: state
        for state in HazardState.objects.filter(drill=drill, source=reading.source)
    }
    before = {s.hazard: Known(s.hazard, s.name, s.strength) for s in states.values()}
    info = parsed.head.info_type
    changes = list(
        fold(
            before,
            reading,
            corrects=info is InfoType.CORRECTED,
            cancels=info is InfoType.CANCELLED,
        )
    )
    for change in changes:
        _keep_state(change, row, reading, drill)
    SourceState.objects.update_or_create(
        drill=drill, source=reading.source, defaults={"telegram": row}
    )
    return changes


def _keep_state(change: Change, row: Telegram, reading: Reading, drill: Drill | None) -> None:
    HazardState.objects.update_or_create(
        drill=drill,
        source=reading.source,
        hazard=change.after.hazard,
        defaults={
            "name": change.after.name[:80],
            "strength": change.after.strength,
            "level": change.after.level,
            "since": row.report_datetime,
            "valid_until": change.after.valid_until,
            "telegram": row,
        },
    )


def _act(
    change: Change, row: Telegram, reading: Reading, drill: Drill | None, is_late: bool
) -> Message | None:
    rules = (
        Rule(r.hazard, r.min_strength, r.action, r.severity, r.asks_safety)
        for r in AlertRule.objects.filter(hazard=change.after.hazard)
    )
    rule = rule_for(rules, change)
    if drill:
        rule = _for_drill(rule)
    action = AlertRule.Action.IGNORE if is_late else AlertRule.Action(rule.action)
    message = None
    if action is not AlertRule.Action.IGNORE:
        message = _compose(change, rule, row, reading, drill)
    AlertChange.objects.create(
        drill=drill,
        telegram=row,
        source=reading.source,
        hazard=change.after.hazard,
        kind=change.kind,
        name=change.after.name[:80],
        strength_before=change.before.strength,
        strength_after=change.after.strength,
        action=action,
        message=message,
    )
    record_act(
        actor="system",
        action=f"alerts.{change.kind}",
        subject=f"telegram:{row.pk}",
        detail={"hazard": change.after.hazard, "action": str(action), "drill": drill is not None},
    )
    if message is None or action is AlertRule.Action.DRAFT:
        return None
    release_message(message=message, acting_user="system")
    return message


def _for_drill(rule: Rule) -> Rule:
    """A drill was asked for: it sends what the town's rules would ignore or leave to staff."""
    if rule.action == AlertRule.Action.IGNORE:
        return replace(rule, action=AlertRule.Action.INFORM, severity=int(Severity.INFORM))
    if rule.action == AlertRule.Action.DRAFT:
        return replace(rule, action=AlertRule.Action.SEND)
    return rule


def _compose(
    change: Change, rule: Rule, row: Telegram, reading: Reading, drill: Drill | None
) -> Message:
    town = Town.objects.get(pk=current_town_code())
    words = compose_words(change, place=town.name, reported_at=row.report_datetime)
    earlier = (
        AlertChange.objects.filter(
            drill=drill, source=reading.source, hazard=change.after.hazard, message__isnull=False
        )
        .order_by("-id")
        .first()
    )
    draft = Draft(
        source="alerts",
        source_reference=f"telegram:{row.pk}",
        title=words.title,
        body=words.body,
        easy_body=words.easy_body,
        reading=words.reading,
        severity=Severity(rule.severity),
        asks_safety=rule.asks_safety,
        expires_at=_expiry(change, drill),
        is_drill=drill is not None,
        hurry=DRILL_HURRY if drill else 1,
        ends_earlier=change.kind in (AlertChange.Kind.LIFTED, AlertChange.Kind.CANCELLED),
        translations={
            "en": english_words(change, place=town.name_en, reported_at=row.report_datetime)
        },
    )
    return compose_message(draft=draft, supersedes=earlier.message if earlier else None)


def _expiry(change: Change, drill: Drill | None) -> datetime:
    until = None if drill else change.after.valid_until
    return until or timezone.now() + MESSAGE_LIFE


def _age(moment: datetime) -> timedelta:
    return timezone.now() - moment


def _outcome(changes: list[Change], is_late: bool) -> str:
    if not changes:
        return "状態は変わりません"
    words = "・".join(dict.fromkeys(AlertChange.Kind(change.kind).label for change in changes))
    return f"{words}（古い電文のため送らない）" if is_late else words
