"""The hosted page, as a payer sees it: what, how much, pay or leave."""

from html import escape

from nenrin.rehearsal.payments.till import Sale
from nenrin.rehearsal.providers.http import Reply

PAGE = """<!doctype html><html lang="ja"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{label} の代役</title><style>
body{{font:18px/1.7 sans-serif;max-width:30rem;margin:2rem auto;padding:0 1rem;color:#222}}
strong{{font-size:1.8rem}}button{{font:inherit;min-height:48px;width:100%;margin:.4rem 0;border:2px
solid #333;border-radius:8px;background:#fff}}button.pay{{background:#333;color:#fff}}
</style></head><body><main><p>練習用の支払いページです。お金は動きません。</p>
<h1>{label}</h1><p>{title}</p><p><strong>{amount}円</strong></p>{acts}</main></body></html>"""
ACTS = """<form method="post"><button class="pay" name="act" value="pay">支払う</button>
<button name="act" value="leave">やめて戻る</button></form>"""


def hosted_page(label: str, sale: Sale) -> Reply:
    """The page; without buttons where it is over."""
    acts = ACTS if not sale.is_paid else "<p>この支払いは終わっています。</p>"
    text = PAGE.format(
        label=escape(label), title=escape(sale.title), amount=f"{sale.amount:,}", acts=acts
    )
    return Reply(200, ((b"content-type", b"text/html; charset=utf-8"),), text.encode())


def sent_back(url: str) -> Reply:
    """To where the shop wants its customer."""
    return Reply(303, ((b"location", url.encode()),))
