"""Providers at their worst: the river's own loop against the rehearsal's real servers."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from nenrin.core.messaging.models import Channel, Delivery, Endpoint, Message
from nenrin.core.messaging.sending.deliver import deliver_due
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.services.set_up_river import set_up_river
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.transports.webpush.vapid import make_vapid_key
from nenrin.demo.services.load_demo import DemoSource, load_demo_town
from nenrin.demo.shape import SMALL
from nenrin.rehearsal.tests.running import Rehearsal, free_port, running

TOWN, SEED = "063614", "faults"
PLANNED, SENT, FAILED = DeliveryState.PLANNED, DeliveryState.SENT, DeliveryState.FAILED


@pytest.fixture(scope="module")
def providers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsal]:
    """The stand-ins on free ports."""
    with running(tmp_path_factory.mktemp("providers"), "--seed", SEED) as rehearsal:
        yield rehearsal


@pytest.fixture
def message(town: object, providers: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> Message:
    """A message just released in a town whose providers are the stand-ins."""
    providers.heal()
    monkeypatch.setenv("NENRIN_LINE_TOKEN", "rehearsal-line")
    authority = {"ca_file": str(providers.state_dir / "ca.pem")}
    push = {"vapid_private_key": make_vapid_key(), "rehearsal": True, "total_timeout": 1.0}
    mail = {"host": "127.0.0.1", "port": providers.smtp_port, "security": "none", "timeout": 1.0}
    set_up_river(
        options={
            "webpush": push | authority,
            "line": {"api_base": f"{providers.origin}/line", "read_timeout": 1.0} | authority,
            "email": mail | {"from_address": "town@kaneyama.invalid"},
        }
    )
    load_demo_town(source=DemoSource(SEED, providers.origin, SMALL))
    made = make_message()
    release_message(message=made, acting_user="tester")
    return made


def _send(message: Message, kind: str) -> None:
    channel = Channel.objects.get(kind=kind)
    deliver_due(town=TOWN, message=str(message.pk), channel=channel.pk)


def _send_again(message: Message, kind: str) -> None:
    """As if the time of everything that waits had come."""
    Delivery.objects.filter(message=message).update(due_at=timezone.now() - timedelta(hours=1))
    _send(message, kind)


def _states(message: Message, kind: str) -> dict[int, int]:
    rows = Delivery.objects.filter(message=message, channel__kind=kind)
    found = list(rows.values_list("state", flat=True))
    return {state: found.count(state) for state in sorted(set(found))}


def _waits(message: Message, kind: str) -> list[float]:
    rows = Delivery.objects.filter(message=message, channel__kind=kind, state=PLANNED)
    return [(row.due_at - timezone.now()).total_seconds() for row in rows]


def test_5xx_backs_off_and_the_others_go(message: Message, providers: Rehearsal) -> None:
    providers.fail("push", mode="status", status=503, count=3)
    _send(message, "webpush")
    total = sum(_states(message, "webpush").values())
    assert _states(message, "webpush") == {PLANNED: 3, SENT: total - 3}
    assert all(0 < wait < 5 for wait in _waits(message, "webpush"))
    _send_again(message, "webpush")
    assert _states(message, "webpush") == {SENT: total}
    log = providers.log("push")
    assert log["accepted"] == total and log["duplicates_total"] == 0


@pytest.mark.parametrize(("provider", "kind"), [("push", "webpush"), ("line", "line")])
def test_429_is_waited_for_as_asked(
    message: Message, providers: Rehearsal, provider: str, kind: str
) -> None:
    providers.fail(provider, mode="status", status=429, retry_after=40, count=1)
    _send(message, kind)
    waits = _waits(message, kind)
    assert waits and all(30 < wait <= 41 for wait in waits)
    attempts = Delivery.objects.filter(message=message, channel__kind=kind, state=PLANNED)
    assert set(attempts.values_list("attempts", flat=True)) == {0}
    _send_again(message, kind)
    assert set(_states(message, kind)) == {SENT}
    assert providers.log(provider)["duplicates_total"] == 0


@pytest.mark.parametrize("name", ["gone-1", "missing-1"])
def test_404_and_410_retire_the_endpoint(message: Message, providers: Rehearsal, name: str) -> None:
    one = Endpoint.objects.filter(kind="webpush").first()
    assert one is not None
    Endpoint.objects.filter(pk=one.pk).update(address=f"{providers.origin}/push/{name}")
    _send(message, "webpush")
    assert _states(message, "webpush")[FAILED] == 1
    one.refresh_from_db()
    assert one.retired_at and one.retired_reason
    following = make_message()
    release_message(message=following, acting_user="tester")
    assert not Delivery.objects.filter(message=following, endpoint=one).exists()


def test_413_is_answered_with_a_shorter_copy(message: Message, providers: Rehearsal) -> None:
    providers.fail("push", mode="status", status=413, count=2)
    _send(message, "webpush")
    assert set(_states(message, "webpush")) == {SENT}
    assert providers.log("push")["faulted"] == {"413": 2}


def test_what_is_never_short_enough_ends(message: Message, providers: Rehearsal) -> None:
    providers.fail("push", mode="status", status=413)
    _send(message, "webpush")
    assert set(_states(message, "webpush")) == {FAILED}


@pytest.mark.parametrize(("provider", "kind"), [("push", "webpush"), ("mail", "email")])
def test_a_connection_that_never_answers_is_given_up(
    message: Message, providers: Rehearsal, provider: str, kind: str
) -> None:
    providers.fail(provider, mode="hang", count=1)
    _send(message, kind)
    states = _states(message, kind)
    assert states[PLANNED] == 1 and states[SENT] == sum(states.values()) - 1
    _send_again(message, kind)
    assert set(_states(message, kind)) == {SENT}


def test_an_answer_that_is_lost_brings_no_second_copy_to_line(
    message: Message, providers: Rehearsal
) -> None:
    providers.fail("line", mode="hang", count=1, after_accepting=True)
    _send(message, "line")
    assert set(_states(message, "line")) == {PLANNED}
    _send_again(message, "line")
    assert set(_states(message, "line")) == {SENT}
    assert providers.log("line")["duplicates_total"] == 0


def test_a_cut_off_provider_does_not_touch_the_others(
    message: Message, providers: Rehearsal
) -> None:
    channel = Channel.objects.get(kind="line")
    there = channel.options
    Channel.objects.update_or_create(
        kind="line",
        defaults={"options": there | {"api_base": f"https://localhost:{free_port()}"}},
    )
    for kind in ("line", "email", "webpush"):
        _send(message, kind)
    assert set(_states(message, "line")) == {PLANNED}
    assert set(_states(message, "email")) == set(_states(message, "webpush")) == {SENT}
    Channel.objects.filter(kind="line").update(options=there)
    _send_again(message, "line")
    assert set(_states(message, "line")) == {SENT}


def test_a_mail_that_is_put_off_goes_later(message: Message, providers: Rehearsal) -> None:
    providers.fail("mail", mode="status", status=451, count=2)
    _send(message, "email")
    assert _states(message, "email")[PLANNED] == 2
    _send_again(message, "email")
    assert set(_states(message, "email")) == {SENT}
    assert providers.log("mail")["duplicates_total"] == 0
