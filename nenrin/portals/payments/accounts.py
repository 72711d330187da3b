"""What the ledger's accounts are called on screen."""

from collections.abc import Iterable

from nenrin.engines.forms.models import FormDefinition
from nenrin.engines.payments.ledger import RECEIVABLE
from nenrin.engines.payments.merchants import label_of


def account_names(keys: Iterable[str]) -> dict[str, str]:
    """By key: 未収金, 受け取ったお金（PayPay）, 手数料収入（住民票の写しの請求） …"""
    wanted = set(keys)
    slugs = [key.partition(":")[2] for key in wanted if key.startswith("income:")]
    forms = FormDefinition.objects.filter(slug__in=slugs)
    titles = {form.slug: form.title for form in forms}
    return {key: _name(key, titles) for key in wanted}


def _name(key: str, titles: dict[str, str]) -> str:
    if key == RECEIVABLE:
        return "未収金"
    kind, _, name = key.partition(":")
    if kind == "held":
        return f"受け取ったお金（{label_of(name)}）"
    return f"手数料収入（{titles.get(name, name)}）"
