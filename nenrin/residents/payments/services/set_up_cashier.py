"""What every town's cashier begins with: the counter, and a way to be found."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.search.services.index_entry import Findable, index_entry
from nenrin.engines.payments.services.set_up_merchants import set_up_counter

SEARCH_KIND = "payments"


@transaction.atomic
def set_up_cashier() -> None:
    """Cash and the terminal, and the residents' page among what search finds; safe to repeat."""
    set_up_counter()
    index_entry(
        findable=Findable(
            kind=SEARCH_KIND,
            key="mine",
            title="わたしの支払い・領収書",
            text="手数料を支払う 払う 料金 お金 クレジットカード PayPay ペイペイ キャッシュレス "
            "電子マネー 現金 領収書 返金 減免 納付書 eL-QR",
            url="/procedures/payments/",
            happened_at=timezone.now(),
        )
    )
