"""`nenrin payments reconcile | use | list`: the day's comparison, and a town's providers."""

import argparse
from datetime import date, timedelta

from django.utils import timezone

from nenrin.cli.main import CommandRefused
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope
from nenrin.engines.payments.contract import providers
from nenrin.engines.payments.merchants import label_of
from nenrin.engines.payments.models import Difference, Merchant
from nenrin.engines.payments.reconciling import Outcome, reconcile_day
from nenrin.engines.payments.selectors import balances
from nenrin.engines.payments.services.set_up_merchants import MerchantRefused, set_up_merchant

ACTOR = "system"


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    actions = parser.add_subparsers(dest="action", required=True)
    compare = actions.add_parser("reconcile", help="事業者の報告と突き合わせる")
    compare.add_argument("--date", type=date.fromisoformat, help="日（YYYY-MM-DD）。なければ昨日")
    use = actions.add_parser("use", help="事業者を使い始める・設定を変える・やめる")
    use.add_argument("provider", help="stripe, payjp, paypay, cash, terminal")
    use.add_argument("--set", nargs="*", default=[], metavar="名前=値", help="設定")
    use.add_argument("--off", action="store_true", help="使うのをやめる")
    listing = actions.add_parser("list", help="事業者と、足りない環境変数を見る")
    for one in (compare, use, listing):
        one.add_argument("--town", default="063614", help="町のコード")


def run(arguments: argparse.Namespace) -> int:
    """1 where something differs or does not answer."""
    if not Town.objects.filter(code=arguments.town).exists():
        known = "nenrin town list で確かめてください。"
        raise CommandRefused(f"町 {arguments.town} がありません。{known}")
    return int(ACTIONS[arguments.action](arguments))


def _reconcile(arguments: argparse.Namespace) -> int:
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


def _use(arguments: argparse.Namespace) -> int:
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
    return _list(arguments)


def _list(arguments: argparse.Namespace) -> int:
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


ACTIONS = {"reconcile": _reconcile, "use": _use, "list": _list}
