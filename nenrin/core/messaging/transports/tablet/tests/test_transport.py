"""One notice wakes the streams, however many tablets there are."""

import json
from types import TracebackType

import pytest

from nenrin.core.messaging.transports.contract import Fate, NoOptions
from nenrin.core.messaging.transports.tablet import transport
from nenrin.core.messaging.transports.tests.parcels import MESSAGE, make_parcel, make_words


class FakeConnection:
    """Remembers what was executed; the real NOTIFY is tested with the live stream."""

    def __init__(self) -> None:
        self.executed: list[tuple[str, list[str]]] = []

    def cursor(self) -> "FakeConnection":
        return self

    def __enter__(self) -> "FakeConnection":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def execute(self, statement: str, values: list[str]) -> None:
        self.executed.append((statement, values))


def test_one_notify_for_all_tablets(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeConnection()
    monkeypatch.setattr(transport, "connection", fake)
    parcels = [make_parcel(number) for number in range(3)]
    outcomes = list(transport.TabletTransport().send(NoOptions(), make_words(), parcels))
    assert [outcome.fate for outcome in outcomes] == [Fate.SENT] * 3
    ((_, (channel, payload)),) = fake.executed
    assert channel == "nenrin_tablet"
    assert json.loads(payload) == {"town": "063614", "message": MESSAGE}


def test_no_tablet_no_notify(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeConnection()
    monkeypatch.setattr(transport, "connection", fake)
    assert list(transport.TabletTransport().send(NoOptions(), make_words(), [])) == []
    assert not fake.executed
