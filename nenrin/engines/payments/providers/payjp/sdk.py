"""The official SDK, loaded at its first use: two seconds that only a worker has to spend."""

from importlib import import_module
from typing import Any

PACKAGE = "payjpv2"


def load() -> None:
    """Load it now, before anybody waits for it."""
    import_module(PACKAGE)


def __getattr__(name: str) -> Any:
    """A name of the SDK (PEP 562)."""
    return getattr(import_module(PACKAGE), name)
