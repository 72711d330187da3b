"""The official SDK, loaded at its first use.

It takes as much memory and time to load as Django itself, and only a worker speaks to LINE.
"""

from importlib import import_module
from typing import Any

MESSAGING = "linebot.v3.messaging"


def load() -> None:
    """Load it now: for a process that will need it, before anybody waits for it."""
    import_module(MESSAGING)


def __getattr__(name: str) -> Any:
    """A name of the SDK (PEP 562), such as ``sdk.TextMessage``."""
    return getattr(import_module(MESSAGING), name)
