"""Every goal with the figure it stands at."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from .gauges import Figure, gauges
from .models import Goal, HandFigure, Measure
from .rules import share_reached


@dataclass(frozen=True)
class GoalState:
    """A goal, its figure in one fiscal year, and where the figure comes from."""

    goal: Goal
    figure: Figure
    source: str
    by_hand: bool

    @property
    def share(self) -> float:
        """How much of the target is reached, 0 to 1; 0 where nothing is known."""
        if self.figure.value is None or not self.goal.target:
            return 0.0
        return share_reached(self.figure.value, self.goal.target)

    @property
    def is_known(self) -> bool:
        """Whether there is any record or entry."""
        return self.figure.value is not None


def measures_with_goals() -> QuerySet[Measure]:
    """The plan in its order, with steps and goals."""
    return Measure.objects.prefetch_related("steps", Prefetch("goals", Goal.objects.order_by("id")))


def goal_state(goal: Goal, fiscal_year: int) -> GoalState:
    """Read the goal's gauge, or the newest figure entered by hand for that year."""
    if goal.gauge in gauges:
        gauge = gauges.get(goal.gauge)
        return GoalState(goal, gauge.read(fiscal_year), gauge.label, by_hand=False)
    entered = HandFigure.objects.filter(goal=goal, fiscal_year=fiscal_year).first()
    if entered is None:
        return GoalState(goal, Figure(None), "", by_hand=True)
    return GoalState(goal, Figure(entered.value, 1), entered.source, by_hand=True)


def goal_history(goal: Goal, years: range) -> list[tuple[int, GoalState]]:
    """The goal's state in each of these fiscal years."""
    return [(year, goal_state(goal, year)) for year in years]
