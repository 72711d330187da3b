"""Enter a figure that no gauge reads, with its source."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..gauges import gauges
from ..models import Goal, HandFigure


class FigureRefused(Exception):
    """The figure cannot be kept; the text says why, in Japanese."""


@transaction.atomic
def enter_figure(
    *, goal: Goal, fiscal_year: int, value: float, source: str, acting_user: str
) -> HandFigure:
    """Keep a figure for one fiscal year; an earlier entry stays in the history.

    Raises FigureRefused for a goal that a gauge reads, a negative value or a missing source.
    """
    if goal.gauge in gauges:
        raise FigureRefused("この目標は記録から自動で数えています。手で入れることはできません。")
    if value < 0:
        raise FigureRefused("0 以上の数を入れてください。")
    if not source.strip():
        raise FigureRefused("数字の出どころ（資料の名前など）を入れてください。")
    figure = HandFigure.objects.create(
        goal=goal,
        fiscal_year=fiscal_year,
        value=value,
        source=source.strip()[:200],
        entered_by=acting_user,
    )
    record_act(
        actor=acting_user,
        action="measures.enter_figure",
        subject=f"goal:{goal.key}",
        detail={"fiscal_year": fiscal_year, "value": value},
    )
    return figure
