from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.organization.fiscal_years import fiscal_year
from nenrin.engines.measures.gauges import gauges
from nenrin.engines.measures.models import Goal, Measure, Step
from nenrin.engines.measures.selectors import goal_state
from nenrin.engines.surveys.services.rate import rate
from nenrin.townhall.plan.services.set_up_plan import set_up_plan


def test_the_plan_stands_as_it_was_written(small_town):
    set_up_plan()
    set_up_plan()
    assert list(Measure.objects.values_list("code", flat=True)) == [f"3-{n}" for n in range(1, 8)]
    assert Step.objects.count() == 26
    goals = {goal.key: (goal.target, goal.due_label) for goal in Goal.objects.all()}
    assert goals["notices-sent"] == (100, "R7")
    assert goals["notice-satisfaction"] == (70, "R9")
    assert goals["website-visits"] == (50000, "R9")
    assert goals["sector-kpis"] == (None, "")


def test_sent_messages_move_the_gauge_and_drills_do_not(small_town):
    set_up_plan()
    goal = Goal.objects.get(key="notices-sent")
    release_message(message=make_message(), acting_user="tester")
    release_message(message=make_message(is_drill=True), acting_user="tester")
    released = make_message()
    release_message(message=released, acting_user="tester")
    released.refresh_from_db()
    year = fiscal_year(released.released_at.date())
    state = goal_state(goal, year)
    assert (state.figure.value, state.share) == (2, 0.02)
    assert len(gauges.get("notices-sent").lines(year)) == 2
    assert goal_state(goal, year - 1).figure.value == 0


def test_faces_after_a_notice_move_satisfaction(small_town):
    set_up_plan()
    made = rate(topic="notice", subject="1", respondent="a", face=3)
    rate(topic="notice", subject="1", respondent="b", face=1)
    state = goal_state(
        Goal.objects.get(key="notice-satisfaction"), fiscal_year(made.rated_at.date())
    )
    assert state.figure.value == 50
    assert state.figure.low < 50 < state.figure.high
