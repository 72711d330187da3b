"""What the acts on money are called, and the providers there are."""

from nenrin.core.audit.wording import register_wordings

from .contract import providers
from .providers.counter.provider import Cash, Terminal
from .providers.payjp.provider import PayJp
from .providers.paypay.provider import PayPay
from .providers.stripe.provider import Stripe

for one in (Stripe(), PayJp(), PayPay(), Cash(), Terminal()):
    providers.register(one)
register_wordings(
    {
        "payments.charge": "支払いを請求した",
        "payments.start": "支払いを始めた",
        "payments.receive": "お金を受け取った",
        "payments.waive": "減免・取り消しをした",
        "payments.refund": "返金をした",
        "payments.reconcile": "事業者の報告と突き合わせた",
        "payments.set_up": "支払いの事業者を設定した",
    }
)
