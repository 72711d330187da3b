"""What the town promised, and how far it is."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from nenrin.core.organization.fiscal_years import fiscal_year
from nenrin.engines.measures.models import Measure
from nenrin.engines.measures.selectors import GoalState, goal_state, measures_with_goals
from nenrin.portals.plan.views import YEARS

from ..paging import Strict
from ..parts import Named

router = Router(tags=["計画"])


class GoalOut(Schema):
    """One goal with its figure."""

    key: str = Field(description="目標の番号")
    name: str = Field(description="名前")
    measure: Named = Field(description="施策")
    fiscal_year: int = Field(description="何年度の数字か")
    figure: float | None = Field(description="数字。まだ記録がないときは null")
    low: float | None = Field(description="標本から見積もった数字の下のはし（95%）")
    high: float | None = Field(description="標本から見積もった数字の上のはし（95%）")
    records: int = Field(description="もとになった記録の数")
    unit: str = Field(description="単位")
    target: float | None = Field(description="目標の数字。言葉だけの目標は null")
    target_words: str = Field(description="計画に書かれた目標")
    share: float = Field(ge=0, le=1, description="目標にどこまで届いたか（0〜1）")
    due_fiscal_year: int | None = Field(description="いつまでの目標か（年度）")
    source: str = Field(description="数字の出どころ")
    by_hand: bool = Field(description="true は職員が入れた数字、false は記録から数えた数字")


class GoalQuery(Strict):
    """Of which year."""

    year: int | None = Field(
        None, ge=YEARS[0], le=YEARS[-1], description="年度（西暦）。なければ今年度"
    )


@router.get("goals", response=list[GoalOut], summary="計画の目標と数字")
def goals(request: HttpRequest, query: Query[GoalQuery]) -> list[GoalOut]:
    """計画の順に返します。数字は読むたびに記録から数えます。"""
    year = query.year or fiscal_year(timezone.localdate())
    return [
        _shown(measure, goal_state(goal, year), year)
        for measure in measures_with_goals()
        for goal in measure.goals.all()
    ]


def _shown(measure: Measure, state: GoalState, year: int) -> GoalOut:
    goal, figure = state.goal, state.figure
    return GoalOut(
        key=goal.key,
        name=goal.name,
        measure=Named(code=measure.code, name=measure.name),
        fiscal_year=year,
        figure=figure.value,
        low=figure.low,
        high=figure.high,
        records=figure.records,
        unit=goal.unit,
        target=goal.target,
        target_words=goal.target_words,
        share=state.share,
        due_fiscal_year=goal.due_fiscal_year,
        source=state.source,
        by_hand=state.by_hand,
    )
