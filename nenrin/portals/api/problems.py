"""Errors as RFC 9457 says, in Japanese: what is wrong, and what to do."""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpResponse, JsonResponse
from ninja import Field, Schema

MEDIA_TYPE = "application/problem+json"
UNKNOWN_FAULT = "この値は使えません。"
HERE = Path(__file__).parent


class Fault(Schema):
    """One parameter that is wrong."""

    where: str = Field(description="パラメータの名前")
    what: str = Field(description="直し方")


class Problem(Schema):
    """An answer that is an error (RFC 9457)."""

    type: str = Field(description="いつも about:blank")
    title: str
    status: int
    detail: str
    errors: list[Fault] | None = Field(None, description="正しくないパラメータ（422 のときだけ）")


@cache
def _words() -> dict[int, tuple[str, str]]:
    with (HERE / "problems.csv").open(encoding="utf-8") as file:
        return {int(row["status"]): (row["title"], row["detail"]) for row in csv.DictReader(file)}


@cache
def _fault_words() -> dict[str, str]:
    with (HERE / "faults.csv").open(encoding="utf-8") as file:
        return {row["type"]: row["words"] for row in csv.DictReader(file)}


def problem(status: int, detail: str = "", faults: Sequence[Fault] = ()) -> HttpResponse:
    """The answer for a status that has a line in problems.csv; others speak as 400 or 500."""
    title, usual = _words().get(status) or _words()[500 if status >= 500 else 400]
    told = Problem(
        type="about:blank",
        title=title,
        status=status,
        detail=detail or usual,
        errors=list(faults) or None,
    )
    body = told.model_dump(exclude_none=True)
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Type"] = MEDIA_TYPE
    response.headers["Content-Language"] = "ja"
    response.headers["Cache-Control"] = "no-store"
    return response


def faults_of(errors: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """Pydantic's findings in our words."""
    return [Fault(where=str(error["loc"][-1]), what=_in_words(error)) for error in errors]


def _in_words(error: Mapping[str, Any]) -> str:
    words = _fault_words().get(str(error["type"]), UNKNOWN_FAULT)
    limits = error.get("ctx", {})
    return words.format_map(
        {name: str(value).replace(" or ", "、") for name, value in limits.items()}
    )
