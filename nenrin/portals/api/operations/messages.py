"""The town's words to everyone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, P, PathEx, Query, Router, Schema

from nenrin.core.areas.selectors import all_districts
from nenrin.core.messaging.models import Audience, Message
from nenrin.core.messaging.replacement import replaced_messages
from nenrin.core.messaging.selectors.reach import (
    audiences_of,
    messages_changed_at,
    messages_for_everyone,
    standing_messages,
)
from nenrin.core.tenancy.selectors import town_address
from nenrin.portals.resident.reading import level_of

from ..paging import Page, PageQuery, page_of
from ..parts import Named, say_when_changed

router = Router(tags=["知らせ"])


class TranslationOut(Schema):
    """The words in another language."""

    title: str
    body: str


class MessageOut(Schema):
    """One message."""

    id: UUID = Field(description="知らせの番号")
    title: str = Field(description="題")
    body: str = Field(description="本文。はじめの段落は、まずすること")
    easy_body: str = Field(description="やさしい日本語。ないときは空")
    translations: dict[str, TranslationOut] = Field(description="言語ごとの題と本文（en など）")
    severity: int = Field(ge=0, le=5, description="町の急ぎの度合い。0 お知らせ〜5 いのちを守る")
    level: int | None = Field(description="本文にある警戒レベル（1〜5）")
    level_is_equivalent: bool = Field(description="true は「相当」。町の避難情報ではありません")
    topic: str = Field(description="話題の番号（/topics）。ないときは空")
    is_drill: bool = Field(description="true は訓練。本当の知らせではありません")
    is_current: bool = Field(description="true はいま有効（期限の前で、替わりの知らせがない）")
    is_whole_town: bool = Field(description="true は町全体へ")
    districts: list[Named] = Field(description="町全体でないときの地区")
    supersedes: UUID | None = Field(description="この知らせが続ける、前の知らせ")
    released_at: datetime = Field(description="送った時刻")
    expires_at: datetime = Field(description="有効な期限")
    url: str = Field(description="人が読むページ")


class MessageQuery(PageQuery):
    """Which messages."""

    current: bool = Field(False, description="true なら、いま有効な知らせだけ（急ぎの順）")
    drills: bool = Field(False, description="true なら、訓練の知らせも入れます")


@router.get("messages", response=Page[MessageOut], summary="知らせの一覧")
def messages(
    request: HttpRequest, response: HttpResponse, query: Query[MessageQuery]
) -> Page[MessageOut]:
    """町全体や地区への知らせを、新しい順に返します。世帯だけへの知らせは入りません。"""
    say_when_changed(response, messages_changed_at())
    is_drill = None if query.drills else False
    if query.current:
        found = standing_messages(is_drill=is_drill)
    else:
        found = messages_for_everyone().order_by("-released_at")
        found = found if query.drills else found.filter(is_drill=False)
    return page_of(request, found, query, lambda rows: _shown(request, rows))


@router.get("messages/{message}", response=MessageOut, summary="一つの知らせ")
def message(
    request: HttpRequest,
    response: HttpResponse,
    message: PathEx[UUID, P(description="知らせの番号")],
) -> MessageOut:
    """番号で一つ読みます。期限のあとも読めます。訓練も読めます。"""
    found = get_object_or_404(messages_for_everyone(), pk=message)
    say_when_changed(response, messages_changed_at())
    return _shown(request, [found])[0]


def _shown(request: HttpRequest, rows: Sequence[Message]) -> list[MessageOut]:
    base = town_address(request.town)  # type: ignore[attr-defined]
    replaced, now = replaced_messages(), timezone.now()
    audiences = audiences_of(rows)
    names = {one.pk: Named(code=one.code, name=one.name) for one in all_districts()}
    return [
        MessageOut(
            is_current=row.expires_at > now and row.pk not in replaced,
            url=f"{base}/m/{row.pk}",
            **_words(row),
            **_places(audiences.get(row.pk), names),
        )
        for row in rows
    ]


def _words(row: Message) -> dict[str, Any]:
    level = level_of(row)
    same = ("id", "title", "body", "easy_body", "translations", "severity", "topic", "is_drill")
    return {name: getattr(row, name) for name in (*same, "released_at", "expires_at")} | {
        "supersedes": row.supersedes_id,
        "level": level.number if level else None,
        "level_is_equivalent": bool(level and level.is_equivalent),
    }


def _places(audience: Audience | None, names: dict[int, Named]) -> dict[str, Any]:
    chosen = audience.districts if audience and audience.kind == Audience.Kind.DISTRICTS else None
    return {
        "is_whole_town": chosen is None,
        "districts": [names[pk] for pk in chosen or () if pk in names],
    }
