"""Which town speaks here."""

from django.http import HttpRequest
from ninja import Field, Router, Schema

from nenrin.core.areas.selectors import all_districts, town_place
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.selectors import town_address

from ..parts import Named

router = Router(tags=["町"])


class DistrictOut(Named):
    """地区."""

    name_kana: str = Field(description="よみ")


class TownOut(Schema):
    """The town."""

    code: str = Field(description="全国地方公共団体コード（6桁）")
    name: str = Field(description="名前")
    name_kana: str = Field(description="よみ")
    name_en: str = Field(description="英語の名前")
    prefecture: str = Field(description="都道府県")
    area_code: str = Field(description="気象庁の市町村等のコード")
    url: str = Field(description="町のページ")
    districts: list[DistrictOut] = Field(description="地区。避難情報はこの単位で出ます")


@router.get("town", response=TownOut, summary="町の名前と番号、地区")
def town(request: HttpRequest) -> TownOut:
    """どの町の情報かを確かめるために使います。町はアドレスで決まります。"""
    here: Town = request.town  # type: ignore[attr-defined]
    place = town_place()
    return TownOut(
        code=here.code,
        name=here.name,
        name_kana=here.name_kana,
        name_en=here.name_en,
        prefecture=place.prefecture_name if place else "",
        area_code=place.municipality_area if place else "",
        url=f"{town_address(here)}/",
        districts=[
            DistrictOut(code=one.code, name=one.name, name_kana=one.name_kana)
            for one in all_districts()
        ],
    )
