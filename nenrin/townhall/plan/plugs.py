"""Gauges that the river's own records give."""

from django.db.models import QuerySet
from django.urls import reverse

from nenrin.core.messaging.models import Message
from nenrin.core.messaging.selectors.reach import messages_for_everyone
from nenrin.core.organization.fiscal_years import fiscal_year_span
from nenrin.engines.measures.gauges import Figure, Gauge, RecordLine, gauges
from nenrin.engines.surveys.selectors import newest_ratings, satisfaction

NOTICE_TOPIC = "notice"
COUNTER_TOPIC = "counter"
# 窓口 stands for both: a visit to the town hall, and a procedure brought to its end.
COUNTER_TOPICS = (COUNTER_TOPIC, "procedure")
SHOWN = 50


def _sent(year: int) -> Figure:
    count = _released(year).count()
    return Figure(float(count), count)


def _sent_lines(year: int) -> list[RecordLine]:
    return [
        RecordLine(
            f"{message.released_at:%m-%d} {message.title}",
            reverse("staff_reach", args=[message.pk]),
        )
        for message in _released(year).order_by("-released_at")[:SHOWN]
    ]


def _released(year: int) -> QuerySet[Message]:
    start, end = fiscal_year_span(year)
    found = messages_for_everyone().filter(is_drill=False)
    return found.filter(released_at__gte=start, released_at__lt=end)


def satisfaction_gauge(key: str, label: str, *topics: str) -> Gauge:
    """A gauge of the good answers to the topics together, in per cent."""

    def read(year: int) -> Figure:
        found = satisfaction(topics, fiscal_year_span(year))
        if found.share is None:
            return Figure(None)
        return Figure(round(100 * found.share, 1), found.answers, 100 * found.low, 100 * found.high)

    def lines(year: int) -> list[RecordLine]:
        ratings = newest_ratings(topics, fiscal_year_span(year), SHOWN)
        return [
            RecordLine(f"{rating.rated_at:%m-%d} {rating.get_face_display()} {rating.words}")
            for rating in ratings
        ]

    return Gauge(key, label, "%", read, lines)


gauges.register(Gauge("notices-sent", "出した知らせの記録（訓練を除く）", "件", _sent, _sent_lines))
gauges.register(
    satisfaction_gauge("notice-satisfaction", "知らせへの「よかった」の割合", NOTICE_TOPIC)
)
gauges.register(
    satisfaction_gauge("counter-satisfaction", "窓口への「よかった」の割合", *COUNTER_TOPICS)
)
