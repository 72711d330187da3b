"""The providers a town has a contract with, and their options checked."""

from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from .contract import HostedProvider, Provider, providers
from .models import Merchant


@dataclass(frozen=True)
class Ready:
    """A provider with a page of its own that the town in scope uses, with its options."""

    provider: HostedProvider
    options: BaseModel


def hosted_merchants() -> list[Ready]:
    """Every enabled one whose options and secrets are there."""
    found = [_ready(row) for row in Merchant.objects.filter(is_enabled=True)]
    return [one for one in found if one is not None]


def counter_ways() -> list[Provider]:
    """The enabled ways in which a clerk takes money."""
    enabled = Merchant.objects.filter(is_enabled=True).values_list("provider", flat=True)
    found = [providers.get(key) for key in enabled if key in providers]
    return [one for one in found if not isinstance(one, HostedProvider)]


def merchant(key: str) -> Ready | None:
    """The town's hosted provider of that name, enabled and ready; None otherwise."""
    row = Merchant.objects.filter(provider=key, is_enabled=True).first()
    return _ready(row) if row else None


def label_of(key: str) -> str:
    """What a provider is called."""
    return providers.get(key).label if key in providers else key


def _ready(row: Merchant) -> Ready | None:
    provider = providers.get(row.provider) if row.provider in providers else None
    if not isinstance(provider, HostedProvider):
        return None
    try:
        options = provider.options_model.model_validate(row.options)
    except ValidationError:
        return None
    return None if provider.missing(options) else Ready(provider, options)
