"""What every template knows."""

from typing import Any

from django.http import HttpRequest

from .switches import read_switches


def town(request: HttpRequest) -> dict[str, Any]:
    """The town whose page this is, and how its reader wants pages to be."""
    return {"town": getattr(request, "town", None), "switches": read_switches(request)}
