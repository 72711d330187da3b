"""The ASGI application: /<shop>/… is its API, /<shop>/pay/<id> its page, /control for tests."""

from urllib.parse import parse_qsl

from nenrin.rehearsal.payments.courier import Courier
from nenrin.rehearsal.payments.pages import hosted_page, sent_back
from nenrin.rehearsal.payments.payjp import PayJpShop
from nenrin.rehearsal.payments.paypay import PayPayShop
from nenrin.rehearsal.payments.shop import Call, Secrets, Shop
from nenrin.rehearsal.payments.stripe import StripeShop
from nenrin.rehearsal.payments.till import Sale, Till, new_id
from nenrin.rehearsal.providers.http import (
    Receive,
    Refusal,
    Reply,
    Request,
    Scope,
    Send,
    json_object,
    json_reply,
    read_request,
    send_reply,
)

AGREED = {
    "stripe": Secrets("rehearsal-stripe", "rehearsal-stripe-hook"),
    "payjp": Secrets("rehearsal-payjp", "rehearsal-payjp-hook"),
    "paypay": Secrets("rehearsal-paypay", "rehearsal-paypay-hook"),
}


class PaymentApp:
    """All shops behind one address of this machine."""

    def __init__(self, own: str, town: str) -> None:
        self.till = Till()
        self.courier = Courier(town, self.till)
        kinds: tuple[type[Shop], ...] = (StripeShop, PayJpShop, PayPayShop)
        self._shops = {kind.name: kind(self.till, AGREED[kind.name], own) for kind in kinds}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        request = await read_request(scope, receive)
        query = dict(parse_qsl(scope.get("query_string", b"").decode()))
        try:
            reply = await self._reply(request, query)
        except Refusal as refusal:
            reply = refusal.reply
        except ValueError as error:
            reply = json_reply(400, {"message": str(error)})
        await send_reply(send, reply)

    async def _reply(self, request: Request, query: dict[str, str]) -> Reply:
        name, _, rest = request.path.removeprefix("/").partition("/")
        if name == "control":
            return self._control(request)
        shop = self._shops.get(name)
        if shop is None:
            return json_reply(404, {"message": "no such shop"})
        if rest.startswith("pay/"):
            return await self._page(shop, shop.sale(rest[4:]), request)
        if self.till.is_down():
            raise shop.fault(500, "internal_error", "this failure was asked for")
        return shop.answer(Call(request, f"/{rest}", query))

    def _control(self, request: Request) -> Reply:
        if request.method == "POST":
            return json_reply(200, self.till.wish(json_object(request)))
        return json_reply(200, self.till.summary())

    async def _page(self, shop: Shop, sale: Sale, request: Request) -> Reply:
        if request.method != "POST":
            return hosted_page(shop.label, sale)
        act = dict(parse_qsl(request.body.decode())).get("act")
        if act != "pay":
            return sent_back(sale.cancel_url)
        self.till.pay(sale, new_id(shop.charges))
        await self._tell(shop, sale)
        return sent_back(sale.success_url)

    async def _tell(self, shop: Shop, sale: Sale) -> None:
        how = self.till.mishaps.webhook
        if how == "never":
            return
        first = self.courier.send(shop.name, shop.hook(sale))
        if how == "twice":
            self.courier.send(shop.name, shop.hook(sale))
        if how == "before":
            await first
