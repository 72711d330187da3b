"""The OpenAPI description: what the operations leave unsaid because all share it."""

from collections.abc import Iterator
from typing import Any, cast

from ninja.openapi.schema import OpenAPISchema

from .problems import MEDIA_TYPE, Problem

GEO_JSON = "application/geo+json"
SHARED = {
    304: "前と同じです（If-None-Match か If-Modified-Since を送ったとき）。",
    404: "見つかりません。",
    422: "パラメータが正しくありません。",
    429: "回数が多すぎます。Retry-After 秒待ってください。",
}
ETAG = {"description": "答えの印。If-None-Match で返せます。", "schema": {"type": "string"}}


def complete(schema: OpenAPISchema) -> OpenAPISchema:
    """Add the shared answers to every operation."""
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    parts = schema["components"].setdefault("schemas", {})
    parts |= problem.pop("$defs", {}) | {"Problem": problem}
    for path, operation in operations_of(schema):
        answers = operation["responses"]
        if path.endswith(".geojson"):
            answers[200]["content"] = {GEO_JSON: answers[200]["content"].pop("application/json")}
        answers[200] |= {"description": "答え", "headers": {"ETag": ETAG}}
        answers |= {status: _shared(status) for status in SHARED}
    return schema


def operations_of(schema: OpenAPISchema) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation with its path; all are GET."""
    for path, ways in schema["paths"].items():
        yield path, cast(dict[str, Any], ways["get"])


def _shared(status: int) -> dict[str, Any]:
    said: dict[str, Any] = {"description": SHARED[status]}
    if status >= 400:
        reference = {"$ref": "#/components/schemas/Problem"}
        said["content"] = {MEDIA_TYPE: {"schema": reference}}
    return said
