"""The official SDK, loaded at its first use: two seconds that only a worker has to spend."""

from importlib import import_module
from typing import Any

PACKAGE = "payjpv2"


def __getattr__(name: str) -> Any:
    return getattr(import_module(PACKAGE), name)
