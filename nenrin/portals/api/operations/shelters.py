"""Shelters: where they are, which are open, how much room is left."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from nenrin.core.areas.models import Shelter
from nenrin.residents.shelters.selectors import (
    OpenShelter,
    all_shelters,
    equipment_of,
    open_shelters,
    profile_of,
    shelters_changed_at,
)

from ..description import GEO_JSON
from ..paging import Strict
from ..parts import Named, say_when_changed

router = Router(tags=["避難所"])


class OpeningOut(Schema):
    """How it is now."""

    since: datetime = Field(description="いつから")
    room: int | None = Field(ge=0, description="あと何人入れるか。定員がわからないときは null")
    room_words: str = Field(description="空きあり、残りわずか、満員、定員未入力")
    counted_at: datetime | None = Field(description="最後に数えた時刻")
    is_drill: bool = Field(description="true は訓練")


class ShelterOut(Schema):
    """One shelter."""

    id: int = Field(description="避難所の番号")
    name: str = Field(description="名前")
    address: str = Field(description="住所")
    hazards: list[str] = Field(description="使える災害の種類")
    is_living_shelter: bool = Field(description="true は指定避難所（泊まれる所）")
    capacity: int | None = Field(description="定員。わからないときは null")
    equipment: list[Named] = Field(description="あるもの（車いす、ペット など）")
    is_open: bool = Field(description="true は開いている")
    opening: OpeningOut | None = Field(description="開いているときの様子")


class PlacedShelterOut(ShelterOut):
    """One shelter with where it is."""

    latitude: float = Field(ge=-90, le=90, description="緯度")
    longitude: float = Field(ge=-180, le=180, description="経度")


class PointOut(Schema):
    """A place as GeoJSON writes it: longitude first."""

    type: Literal["Point"] = "Point"
    coordinates: tuple[float, float]


class FeatureOut(Schema):
    """A shelter on a map."""

    type: Literal["Feature"] = "Feature"
    id: int = Field(description="避難所の番号")
    geometry: PointOut = Field(description="場所（経度、緯度）")
    properties: ShelterOut = Field(description="/shelters と同じ項目")


class CollectionOut(Schema):
    """Every shelter on a map (RFC 7946)."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[FeatureOut]


class ShelterQuery(Strict):
    """Which shelters."""

    open: bool = Field(False, description="true なら、開いている所だけ")
    drills: bool = Field(False, description="true なら、訓練で開いている所も「開いている」とします")


@router.get("shelters", response=list[PlacedShelterOut], summary="避難所と空き")
def shelters(
    request: HttpRequest, response: HttpResponse, query: Query[ShelterQuery]
) -> list[PlacedShelterOut]:
    """町の避難所を名前の順に返します。"""
    say_when_changed(response, shelters_changed_at())
    return [
        PlacedShelterOut(
            latitude=place.latitude, longitude=place.longitude, **_shown(place, opening)
        )
        for place, opening in _chosen(query)
    ]


@router.get("shelters.geojson", response=CollectionOut, summary="避難所と空き（GeoJSON）")
def shelters_geojson(
    request: HttpRequest, response: HttpResponse, query: Query[ShelterQuery]
) -> CollectionOut:
    """同じものを、地図のソフトがそのまま読める形で返します。"""
    say_when_changed(response, shelters_changed_at())
    response.headers["Content-Type"] = GEO_JSON
    features = [
        FeatureOut(
            id=place.pk,
            geometry=PointOut(coordinates=(place.longitude, place.latitude)),
            properties=ShelterOut(**_shown(place, opening)),
        )
        for place, opening in _chosen(query)
    ]
    return CollectionOut(features=features)


def _chosen(query: ShelterQuery) -> list[tuple[Shelter, OpenShelter | None]]:
    drills = open_shelters(is_drill=True) if query.drills else []
    # A real opening goes before a drill's at the same place.
    opened = {one.shelter.pk: one for one in (*drills, *open_shelters())}
    pairs = [(place, opened.get(place.pk)) for place in all_shelters()]
    return [pair for pair in pairs if pair[1] or not query.open]


def _shown(place: Shelter, opening: OpenShelter | None) -> dict[str, Any]:
    profile = profile_of(place)
    return {
        "id": place.pk,
        "name": place.name,
        "address": place.address,
        "hazards": place.hazards,
        "is_living_shelter": place.is_living_shelter,
        "capacity": profile.capacity if profile else None,
        "equipment": [Named(code=code, name=name) for code, name in equipment_of(profile)],
        "is_open": opening is not None,
        "opening": _opening(opening) if opening else None,
    }


def _opening(one: OpenShelter) -> OpeningOut:
    return OpeningOut(
        since=one.opened_at,
        room=one.room,
        room_words=one.room_words,
        counted_at=one.counted_at,
        is_drill=one.is_drill,
    )
