"""What several answers hold."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.http import http_date
from ninja import Field, Schema


class Named(Schema):
    """A code of ours with its name."""

    code: str = Field(description="変わらない番号")
    name: str = Field(description="名前")


def say_when_changed(response: HttpResponse, changed: datetime | None) -> None:
    """Last-Modified, where the last change is known."""
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
