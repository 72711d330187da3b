"""Notices: everyday news, magazines, handouts, circulars."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from nenrin.core.messaging.selectors.reach import messages_for_everyone
from nenrin.core.tenancy.selectors import town_address
from nenrin.residents.notices.models import Notice
from nenrin.residents.notices.selectors import published_notices
from nenrin.residents.notices.topics import topics as all_topics

from ..paging import Page, PageQuery, page_of
from ..parts import Named, say_when_changed

router = Router(tags=["お知らせ"])


class NoticeOut(Schema):
    """One notice."""

    id: int = Field(description="お知らせの番号")
    title: str = Field(description="題")
    body: str = Field(description="本文")
    kind: Named = Field(description="種類（お知らせ、広報、配布物、回覧板）")
    topic: Named = Field(description="話題")
    published_at: datetime = Field(description="出した時刻")
    message: UUID = Field(description="知らせの番号（/messages/番号）")
    url: str = Field(description="人が読むページ")


def _known_topic(topic: str) -> str:
    if topic not in all_topics():
        raise PydanticCustomError("enum", "unknown topic", {"expected": "、".join(all_topics())})
    return topic


Topic = Annotated[
    str,
    AfterValidator(_known_topic),
    WithJsonSchema({"type": "string", "enum": list(all_topics())}),
]


class NoticeQuery(PageQuery):
    """Which notices."""

    topic: Topic | None = Field(None, description="話題の番号（/topics）")
    kind: Notice.Kind | None = Field(None, description="種類の番号")


@router.get("notices", response=Page[NoticeOut], summary="お知らせの一覧")
def notices(
    request: HttpRequest, response: HttpResponse, query: Query[NoticeQuery]
) -> Page[NoticeOut]:
    """ふだんのお知らせ・広報・回覧板を、新しい順に返します。文書は url のページで読めます。"""
    found = published_notices(None, topic=query.topic or "", kind=query.kind or "")
    public = found.filter(message__in=messages_for_everyone())
    newest = public.first()
    say_when_changed(response, newest.message.released_at if newest else None)
    return page_of(request, public, query, lambda rows: _shown(request, rows))


@router.get("topics", response=list[Named], summary="話題の一覧")
def topics(request: HttpRequest) -> list[Named]:
    """お知らせの topic に使う番号と名前です。"""
    return [Named(code=code, name=name) for code, name in all_topics().items()]


def _shown(request: HttpRequest, rows: Sequence[Notice]) -> list[NoticeOut]:
    base = town_address(request.town)  # type: ignore[attr-defined]
    return [
        NoticeOut(
            id=row.pk,
            title=row.message.title,
            body=row.message.body,
            kind=Named(code=row.kind, name=row.get_kind_display()),
            topic=Named(code=row.topic, name=row.topic_label),
            published_at=row.message.released_at or row.message.created_at,
            message=row.message_id,
            url=f"{base}/notices/{row.pk}",
        )
        for row in rows
    ]
