"""Say which providers a town uses."""

from typing import Any

from django.db import transaction
from pydantic import ValidationError

from nenrin.core.audit.services.record_act import record_act

from ..contract import HostedProvider, providers
from ..models import Merchant


class MerchantRefused(Exception):
    """The options do not fit; the text names each wrong one, in Japanese."""


@transaction.atomic
def set_up_merchant(
    *, provider: str, options: dict[str, Any], is_enabled: bool = True, acting_user: str
) -> Merchant:
    """Take a provider into use, or out of it, in the town in scope. Raises MerchantRefused."""
    if provider not in providers:
        known = "、".join(one.key for one in providers)
        raise MerchantRefused(f"「{provider}」という事業者はありません。あるもの: {known}")
    try:
        checked = providers.get(provider).options_model.model_validate(options)
    except ValidationError as error:
        wrong = "、".join(str(one["loc"][0]) for one in error.errors() if one["loc"])
        raise MerchantRefused(f"設定を直してください: {wrong or '全体'}") from error
    wanted = {"options": checked.model_dump(mode="json"), "is_enabled": is_enabled}
    same = Merchant.objects.filter(provider=provider, **wanted).first()
    if same:
        return same
    made, _ = Merchant.objects.update_or_create(provider=provider, defaults=wanted)
    record_act(
        actor=acting_user,
        action="payments.set_up",
        subject=f"provider:{provider}",
        detail={"enabled": is_enabled},
    )
    return made


def set_up_counter() -> None:
    """Cash and the terminal, which every town has; what was changed since stays."""
    have = set(Merchant.objects.values_list("provider", flat=True))
    for one in providers:
        if not isinstance(one, HostedProvider) and one.key not in have:
            set_up_merchant(provider=one.key, options={}, acting_user="system")
