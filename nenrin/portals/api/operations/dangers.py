"""What is in force: the town's orders and the weather office's warnings."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from nenrin.residents.alerts.english import hazard_name
from nenrin.residents.alerts.models import HazardState
from nenrin.residents.alerts.selectors import hazards_in_force
from nenrin.residents.orders.selectors import OrderInForce, orders_changed_at, orders_in_force

from ..paging import Strict
from ..parts import Named, say_when_changed

router = Router(tags=["いま出ているもの"])


class OrderOut(Schema):
    """An evacuation order for one district."""

    district: Named = Field(description="地区")
    level: int = Field(ge=3, le=5, description="警戒レベル")
    label: str = Field(description="警戒レベル4 避難指示 など")
    hazard: str = Field(description="わけ（土砂災害、洪水 など）")
    since: datetime = Field(description="いつから")
    message: UUID = Field(description="出した知らせの番号")
    is_drill: bool = Field(description="true は訓練")


class HazardOut(Schema):
    """A warning of the weather office for the town."""

    hazard: str = Field(description="種類の番号")
    name: str = Field(description="大雨警報 など")
    name_en: str = Field(description="英語の名前")
    level: int | None = Field(description="警戒レベル相当。ないものもあります")
    since: datetime = Field(description="いつから")
    valid_until: datetime | None = Field(description="いつまで。決まっていないものもあります")


class OrderQuery(Strict):
    """Which orders."""

    drills: bool = Field(False, description="true なら、訓練も入れます（本物があればそちら）")


@router.get("orders", response=list[OrderOut], summary="地区ごとの避難情報")
def orders(
    request: HttpRequest, response: HttpResponse, query: Query[OrderQuery]
) -> list[OrderOut]:
    """いま町が出している避難情報です。地区ごとにいちばん強いものを返します。ない地区は入りません。"""
    say_when_changed(response, orders_changed_at())
    return [_order(one) for one in orders_in_force(is_drill=None if query.drills else False)]


@router.get("hazards", response=list[HazardOut], summary="出ている警報・注意報")
def hazards(request: HttpRequest) -> list[HazardOut]:
    """気象庁が町に出しているものを、強い順に返します。"""
    return [_hazard(state) for state in hazards_in_force()]


def _order(one: OrderInForce) -> OrderOut:
    return OrderOut(
        district=Named(code=one.district_code, name=one.district_name),
        level=one.level,
        label=one.label,
        hazard=one.hazard,
        since=one.since,
        message=one.message,
        is_drill=one.is_drill,
    )


def _hazard(state: HazardState) -> HazardOut:
    return HazardOut(
        hazard=state.hazard,
        name=state.name,
        name_en=hazard_name(state.hazard, state.strength),
        level=state.level,
        since=state.since,
        valid_until=state.valid_until,
    )
