"""`nenrin payments reconcile`: a day beside the providers' reports."""

import argparse
from datetime import timedelta

from django.utils import timezone

from nenrin.cli.main import CommandRefused
from nenrin.core.tenancy.scope import town_scope
from nenrin.engines.payments.models import Difference
from nenrin.engines.payments.reconciling import Outcome, reconcile_day
from nenrin.engines.payments.selectors import balances

ACTOR = "system"


def reconcile(arguments: argparse.Namespace) -> int:
    """Compare and print; 1 where something differs or does not answer."""
    day = arguments.date or timezone.localdate() - timedelta(days=1)
    if day > timezone.localdate():
        raise CommandRefused("これから来る日は突き合わせられません。")
    outcomes = reconcile_day(town=arguments.town, day=day, acting_user=ACTOR)
    with town_scope(arguments.town):
        is_good = all([_shown(one) for one in outcomes])
        books = balances()
    if not outcomes:
        print("突き合わせる事業者がありません。")
    print(f"帳簿の合計 {books.total}円{'' if books.is_balanced else '（0ではありません）'}")
    return 0 if is_good and books.is_balanced else 1


def _shown(outcome: Outcome) -> bool:
    kept = outcome.kept
    if kept is None:
        print(f"{outcome.provider}: 突き合わせられませんでした。{outcome.words}")
        return False
    odd = list(kept.differences.all())
    print(
        f"{kept.day} {outcome.provider}: 合ったもの {kept.matched}件、違うもの {len(odd)}件。"
        f"こちら {kept.here:,}円、事業者 {kept.there:,}円"
    )
    for one in odd:
        print(f"  {_words(one)}")
    return not odd


def _words(odd: Difference) -> str:
    here, there = ("―" if yen is None else f"{yen:,}円" for yen in (odd.here, odd.there))
    return f"{odd.get_kind_display()}: {odd.reference}　こちら {here}、事業者 {there}"
