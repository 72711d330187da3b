"""Long lists come in pages."""

from collections.abc import Callable, Sequence
from typing import Generic, Self, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from nenrin.core.tenancy.selectors import town_address

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")


class Strict(Schema):
    """Parameters; one that is misspelt is told, not passed over."""

    @model_validator(mode="after")
    def _knows_every_name(self, info: ValidationInfo) -> Self:
        # The library hands over known names only, so the request itself is asked.
        asked = info.context["request"].GET if info.context else {}
        for name in asked:
            if name not in type(self).model_fields:
                raise PydanticCustomError("extra_forbidden", "{name}", {"name": name})
        return self


class PageQuery(Strict):
    """Which part of a list."""

    limit: int = Field(20, ge=1, le=100, description="1ページの件数")
    offset: int = Field(0, ge=0, le=100_000, description="とばす件数")


class Page(Schema, Generic[Item]):
    """A part of a list, and the addresses of its neighbours."""

    items: list[Item]
    count: int = Field(description="全部の件数")
    next: str | None = Field(description="次のページのアドレス")
    previous: str | None = Field(description="前のページのアドレス")


def page_of(
    request: HttpRequest,
    rows: QuerySet[Row],
    query: PageQuery,
    show: Callable[[Sequence[Row]], list[Item]],
) -> Page[Item]:
    """The asked part of ``rows``; ``show`` turns them into what is told."""
    count, start = rows.count(), query.offset
    before = max(start - query.limit, 0)
    return Page[Item](
        items=show(list(rows[start : start + query.limit])),
        count=count,
        next=_address(request, start + query.limit) if start + query.limit < count else None,
        previous=_address(request, before) if start else None,
    )


def _address(request: HttpRequest, offset: int) -> str:
    asked = request.GET.copy()
    asked["offset"] = str(offset)
    base = town_address(request.town)  # type: ignore[attr-defined]
    return f"{base}{request.path}?{asked.urlencode()}"
