"""The official SDK, loaded at its first use: only a worker speaks to Stripe.

The web server verifies webhooks by itself (`signature`) and never pays for the loading.
"""

from importlib import import_module
from typing import Any

PACKAGE = "stripe"


def __getattr__(name: str) -> Any:
    return getattr(import_module(PACKAGE), name)
