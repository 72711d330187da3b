"""The providers a town has a contract with, and their options checked."""

from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from .contract import Provider, providers
from .models import Merchant


@dataclass(frozen=True)
class Ready:
    """A provider that the town in scope uses, with its options."""

    provider: Provider
    options: BaseModel


def ready_merchants() -> list[Ready]:
    """Every enabled provider whose options and secrets are there."""
    found = [_ready(row) for row in Merchant.objects.filter(is_enabled=True)]
    return [one for one in found if one is not None]


def hosted_merchants() -> list[Ready]:
    """Those with a page of their own to pay on."""
    return [one for one in ready_merchants() if one.provider.is_hosted]


def counter_merchants() -> list[Ready]:
    """Those that a clerk takes money by."""
    return [one for one in ready_merchants() if not one.provider.is_hosted]


def merchant(key: str) -> Ready | None:
    """The town's provider of that name, enabled and ready; None otherwise."""
    row = Merchant.objects.filter(provider=key, is_enabled=True).first()
    return _ready(row) if row else None


def label_of(key: str) -> str:
    """What a provider is called."""
    return providers.get(key).label if key in providers else key


def _ready(row: Merchant) -> Ready | None:
    if row.provider not in providers:
        return None
    provider = providers.get(row.provider)
    try:
        options = provider.options_model.model_validate(row.options)
    except ValidationError:
        return None
    return None if provider.missing(options) else Ready(provider, options)
