"""What every template knows."""

from typing import Any

from django.http import HttpRequest


def town(request: HttpRequest) -> dict[str, Any]:
    """The town whose page this is."""
    return {"town": getattr(request, "town", None)}
