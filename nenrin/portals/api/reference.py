"""The page for whoever writes a program: every operation, drawn from the description."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja.openapi.docs import DocsBase

from .description import operations_of

if TYPE_CHECKING:
    from ninja import NinjaAPI

KINDS = {"integer": "整数", "boolean": "true / false", "string": "文字"}


@dataclass(frozen=True)
class Parameter:
    """One parameter in words."""

    name: str
    kind: str
    usual: str
    words: str


@dataclass(frozen=True)
class Entry:
    """One operation in words."""

    path: str
    key: str
    summary: str
    words: str
    parameters: list[Parameter]
    fields: list[Parameter]

    @property
    def can_try(self) -> bool:
        """Whether its address needs nothing filled in."""
        return "{" not in self.path


class ReferencePage(DocsBase):
    """Our own page instead of the library's: no foreign script runs here."""

    def render_page(self, request: HttpRequest, api: "NinjaAPI", **kwargs: Any) -> HttpResponse:
        """The list of operations."""
        schema = api.get_openapi_schema()
        parts = schema["components"]["schemas"]
        entries = [_entry(path, operation, parts) for path, operation in operations_of(schema)]
        openapi = self.get_openapi_url(api, kwargs)
        context = {"entries": entries, "about": api.description, "openapi": openapi}
        return render(request, "api/reference.html", context)


def _entry(path: str, operation: dict[str, Any], parts: dict[str, Any]) -> Entry:
    (content,) = operation["responses"][200]["content"].values()
    return Entry(
        path=path,
        key=operation["operationId"],
        summary=operation["summary"],
        words=operation.get("description", ""),
        parameters=[_parameter(one) for one in operation["parameters"]],
        fields=_fields(content["schema"], parts),
    )


def _parameter(one: dict[str, Any]) -> Parameter:
    schema = one["schema"]
    usual = str(schema.get("default", "")).replace("False", "false")
    words = schema.get("description") or one.get("description", "")
    return Parameter(one["name"], _kind(schema), usual, words)


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " / ".join(str(value) for value in schema["enum"] if value)
    kind = KINDS.get(schema.get("type", ""), "")
    if "maximum" in schema:
        kind += f"（{schema['minimum']}〜{schema['maximum']}）"
    return "UUID" if schema.get("format") == "uuid" else kind


def _fields(schema: dict[str, Any], parts: dict[str, Any]) -> list[Parameter]:
    """What one item of the answer holds."""
    found = _followed(schema, parts)
    properties = found.get("properties", {})
    inner = properties.get("items") or properties.get("features")
    if inner:
        return _fields(inner["items"], parts)
    return [Parameter(name, "", "", one.get("description", "")) for name, one in properties.items()]


def _followed(schema: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    if schema.get("type") == "array":
        schema = schema["items"]
    while "$ref" in schema:
        schema = parts[schema["$ref"].rpartition("/")[2]]
    return schema
