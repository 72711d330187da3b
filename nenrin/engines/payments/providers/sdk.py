"""An official SDK, loaded at its first use: only a worker spends the seconds that it takes.

The web server verifies webhooks by itself and never pays for the loading.
"""

from importlib import import_module
from typing import Any


class Sdk:
    """A package of that name; its names are this object's attributes."""

    def __init__(self, package: str) -> None:
        self._package = package

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._package), name)
