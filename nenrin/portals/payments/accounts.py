"""What the ledger's accounts are called on screen."""

from nenrin.engines.forms.models import FormDefinition
from nenrin.engines.payments.ledger import RECEIVABLE
from nenrin.engines.payments.merchants import label_of


def account_name(key: str) -> str:
    """未収金, 預け金（Stripe）, 手数料収入（住民票の写しの請求） …"""
    if key == RECEIVABLE:
        return "未収金"
    kind, _, name = key.partition(":")
    if kind == "held":
        return f"受け取ったお金（{label_of(name)}）"
    form = FormDefinition.objects.filter(slug=name).first()
    return f"手数料収入（{form.title if form else name}）"
