"""Devices and the people behind them: what came, how often, and what they do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from nenrin.rehearsal.journal import Journal
from nenrin.rehearsal.messages import Arrival
from nenrin.rehearsal.providers.line_presses import chosen, signed_press
from nenrin.rehearsal.reporter import JSON, Reporter
from nenrin.rehearsal.residents import Channel, Step, plan


@dataclass(frozen=True)
class Webhook:
    """Where LINE calls the town's official account, and the secret that signs its calls."""

    url: str
    secret: str


class Devices:
    """Every device of the town; a first copy sets its resident going, a second is only counted."""

    def __init__(
        self,
        *,
        seed: bytes,
        speed: float,
        reporter: Reporter,
        journal: Journal,
        webhook: Webhook | None = None,
        notice_after_s: float = 0.0,
    ) -> None:
        self._seed = seed
        self._speed = speed
        self._reporter = reporter
        self._journal = journal
        self._webhook = webhook
        self._notice_after_s = notice_after_s

    @property
    def journal(self) -> Journal:
        """Where all that comes is counted."""
        return self._journal

    def receive(self, channel: Channel, device_id: str, arrival: Arrival) -> None:
        """Hand a message to a device; its receipts follow in the drill's time."""
        first = self._journal[channel].arrived(device_id, arrival.message_id)
        if first and arrival.receipt_url is not None:
            self._carry_out(channel, device_id, arrival, {})

    def receive_buttons(
        self, user_id: str, arrival: Arrival, buttons: list[tuple[str, str]]
    ) -> None:
        """Show a LINE message with buttons: who confirms presses one, and LINE tells the town."""
        first = self._journal["line"].arrived(user_id, arrival.message_id)
        if not first or self._webhook is None:
            return
        asks = len(buttons) > 1
        for step in plan(self._seed, user_id, arrival.message_id, "line", asks):
            if step.kind == "confirmed":
                data = chosen(buttons, step.answer)
                body, signature = signed_press(self._webhook.secret, user_id, data)
                headers = {**JSON, "X-Line-Signature": signature}
                wait = self._notice_after_s + step.after_s / self._speed
                self._reporter.submit(self._webhook.url, body, wait, headers)

    def ring(
        self, device_id: str, arrival: Arrival, callback_url: str | None, call: Mapping[str, str]
    ) -> None:
        """Let a telephone ring: a keypress goes to the callback, with the call's own fields."""
        first = self._journal["voice"].arrived(device_id, arrival.message_id)
        url = callback_url or arrival.receipt_url
        if first and url is not None:
            self._carry_out("voice", device_id, arrival._replace(receipt_url=url), call)

    def _carry_out(
        self, channel: Channel, device_id: str, arrival: Arrival, call: Mapping[str, str]
    ) -> None:
        steps = plan(self._seed, device_id, arrival.message_id, channel, arrival.asks_safety)
        for step in steps:
            form = urlencode(
                {**_fields(step), **({"digits": _digit(step)} if call else {}), **call}
            )
            self._reporter.submit(arrival.receipt_url or "", form, step.after_s / self._speed)


def _fields(step: Step) -> dict[str, str]:
    return {"state": step.kind, **({"answer": step.answer} if step.answer else {})}


def _digit(step: Step) -> str:
    return "2" if step.answer == "help" else "1"
