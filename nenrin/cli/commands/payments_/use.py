"""`nenrin payments use | list`: the providers of a town."""

import argparse

from nenrin.cli.main import CommandRefused
from nenrin.core.tenancy.scope import town_scope
from nenrin.engines.payments.contract import providers
from nenrin.engines.payments.merchants import label_of
from nenrin.engines.payments.models import Merchant
from nenrin.engines.payments.services.set_up_merchants import MerchantRefused, set_up_merchant

ACTOR = "system"


def use(arguments: argparse.Namespace) -> int:
    """Take a provider into use, change its options, or take it out."""
    with town_scope(arguments.town):
        before = Merchant.objects.filter(provider=arguments.provider).first()
        options = dict(before.options) if before else {}
        for pair in arguments.set:
            name, equals, value = pair.partition("=")
            if not equals:
                raise CommandRefused(f"「{pair}」は 名前=値 の形で書いてください。")
            options[name] = value
        try:
            set_up_merchant(
                provider=arguments.provider,
                options=options,
                is_enabled=not arguments.off,
                acting_user=ACTOR,
            )
        except MerchantRefused as refusal:
            raise CommandRefused(str(refusal)) from refusal
    return show(arguments)


def show(arguments: argparse.Namespace) -> int:
    """Each provider, and what is missing for it."""
    with town_scope(arguments.town):
        rows = list(Merchant.objects.all())
    for row in rows:
        print(f"{row.provider:<10}{label_of(row.provider)}　{_standing(row)}")
    return 0


def _standing(row: Merchant) -> str:
    if not row.is_enabled:
        return "使っていません"
    provider = providers.get(row.provider)
    missing = provider.missing(provider.options_model.model_validate(row.options))
    return f"環境変数 {missing} がありません" if missing else "使えます"
