"""The official SDK, loaded at its first use: only a worker speaks to Stripe.

The web server verifies webhooks by itself (`signature`) and never pays for the loading.
"""

from importlib import import_module
from typing import Any

PACKAGE = "stripe"


def load() -> None:
    """Load it now, before anybody waits for it."""
    import_module(PACKAGE)


def __getattr__(name: str) -> Any:
    """A name of the SDK (PEP 562)."""
    return getattr(import_module(PACKAGE), name)
