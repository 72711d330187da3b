import pytest

from nenrin.core.audit.models import AuditEntry
from nenrin.engines.measures.models import Goal
from nenrin.engines.measures.selectors import goal_state
from nenrin.engines.measures.services.enter_figure import FigureRefused, enter_figure
from nenrin.townhall.plan.services.set_up_plan import set_up_plan


@pytest.fixture
def goal(town):
    set_up_plan()
    return Goal.objects.get(key="dx-leaders")


def _enter(goal, **fields):
    given = {"value": 4, "source": "人事の記録", "fiscal_year": 2025, "acting_user": "tester"}
    return enter_figure(goal=goal, **given | fields)


def test_the_newest_figure_of_a_year_counts_and_is_audited(goal):
    _enter(goal, value=3)
    _enter(goal)
    state = goal_state(goal, 2025)
    assert (state.figure.value, state.source, state.share) == (4, "人事の記録", 1)
    assert not goal_state(goal, 2024).is_known
    assert AuditEntry.objects.filter(action="measures.enter_figure").count() == 2


@pytest.mark.parametrize("fields", [{"value": -1}, {"source": " "}])
def test_what_cannot_be_a_figure_is_refused(goal, fields):
    with pytest.raises(FigureRefused):
        _enter(goal, **fields)
    assert not goal_state(goal, 2025).is_known


def test_a_goal_with_a_gauge_takes_no_figure_by_hand(goal):
    with pytest.raises(FigureRefused):
        _enter(Goal.objects.get(key="notices-sent"))
