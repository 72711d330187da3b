"""What the river itself knows of a message's course: release, rungs, visits, marks by hand."""

from collections.abc import Iterator

from django.db.models import Count, Min

from nenrin.core.audit.models import AuditEntry
from nenrin.core.messaging.models import HouseholdMark, Message
from nenrin.core.messaging.selectors.board import begun_rungs
from nenrin.core.messaging.selectors.situation import Fact, FactSource, fact_sources

from .words import kinds_words

Result = HouseholdMark.Result
MOST_MARKS = 200


def _released(message: Message) -> Iterator[Fact]:
    entries = AuditEntry.objects.filter(
        subject=f"message:{message.pk}", action__in=["messaging.release", "messaging.start_visits"]
    )
    for entry in entries:
        if entry.action == "messaging.release":
            detail = f"{entry.detail.get('households', 0):,}世帯　{_actor(entry.actor)}"
            yield Fact(entry.at, "送り始めました", detail, is_weighty=True)
        else:
            yield Fact(entry.at, "訪問を早めました", _actor(entry.actor))
    for newer in Message.objects.filter(supersedes=message, released_at__isnull=False):
        if newer.released_at:
            yield Fact(newer.released_at, "新しい知らせに変わりました", newer.title)


def _actor(name: str) -> str:
    return "自動" if name == "system" else name


def _rungs(message: Message) -> Iterator[Fact]:
    for rung in begun_rungs(message):
        words = kinds_words(rung.kinds)
        yield Fact(rung.at, f"{words}を始めました", f"{rung.households:,}世帯")
        if rung.state == "done" and rung.last_sent_at:
            yield Fact(rung.last_sent_at, f"{words}を送り終えました", f"{rung.households:,}世帯")


def _visits(message: Message) -> Iterator[Fact]:
    found = message.visits.exclude(visitor=None).aggregate(
        count=Count("pk"), began=Min("planned_at")
    )
    if found["count"]:
        yield Fact(found["began"], "訪問を始めました", f"{found['count']:,}世帯")


def _marks(message: Message) -> Iterator[Fact]:
    rows = message.marks.values_list(
        "made_at",
        "way",
        "result",
        "household__district__name",
        "household__neighbourhood__number",
    )
    for at, way, result, district, number in rows.order_by("-made_at")[:MOST_MARKS]:
        where = f"{district} {number}班" if number else district
        if result == Result.BACK:
            yield Fact(at, "手の記録を取り消しました", where)
        else:
            words = f"{HouseholdMark.Way(way).label}: {Result(result).label}"
            yield Fact(at, words, where, is_weighty=result == Result.HELP)


fact_sources.register(FactSource("river_release", _released))
fact_sources.register(FactSource("river_rungs", _rungs))
fact_sources.register(FactSource("river_visits", _visits))
fact_sources.register(FactSource("river_marks", _marks))
