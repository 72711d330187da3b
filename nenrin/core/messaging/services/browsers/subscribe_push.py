"""Switch push on for a browser: its address becomes an endpoint of the household."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.people.models import Household, Person

from ...models import Channel, Endpoint
from ...transports.webpush.encryption import BadSubscription, make_sealing_key
from ...transports.webpush.endpoint_rules import EndpointRefused, check_endpoint
from ...transports.webpush.options import WebPushOptions
from ...transports.webpush.vapid import application_server_key

KIND = "webpush"
MOST_DEVICES = 20
FULL = f"この世帯の端末は {MOST_DEVICES} 台までです。使っていない端末を外してください。"
SPENT = "このリンクやQRコードで登録できる台数をこえました。役場にたずねてください。"


class SubscriptionRefused(Exception):
    """Push cannot be switched on; the text says why and what to do, in Japanese."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser's PushManager hands out."""

    address: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class Claimant:
    """Whose device it is, and ``proof``: how we know (sign_in, link:<delivery>, code:<nonce>).

    ``most``: how many devices one link or code may ever let in; 0 for a sign-in.
    """

    household: Household
    proof: str
    person: Person | None = None
    most: int = 0


def town_push_key() -> str:
    """The public key a browser of the town in scope subscribes with; empty without a channel."""
    options = _options()
    return application_server_key(options.vapid_private_key) if options else ""


@transaction.atomic
def subscribe_push(
    *, subscription: Subscription, claimant: Claimant, acting_user: str
) -> tuple[Endpoint, bool]:
    """Make the endpoint, or renew its keys; returns it and whether the device is new here.

    The person's press of the button is the consent. Raises SubscriptionRefused.
    """
    _check(subscription)
    # Devices of a household register one after another, so that the limit holds.
    Household.objects.select_for_update(no_key=True).get(pk=claimant.household.pk)
    living = Endpoint.objects.filter(household=claimant.household, kind=KIND, retired_at=None)
    found = living.filter(address=subscription.address).first()
    if found is None:
        _check_room(claimant, living.count())
    now = timezone.now()
    endpoint = found or Endpoint(
        household=claimant.household, kind=KIND, address=subscription.address, verified_at=now
    )
    endpoint.person = claimant.person or endpoint.person
    endpoint.keys = {"p256dh": subscription.p256dh, "auth": subscription.auth} | _origin(
        endpoint, claimant
    )
    endpoint.consented_at = endpoint.consented_at or now
    endpoint.last_seen_at = now
    endpoint.save()
    record_act(
        actor=acting_user,
        action="messaging.subscribe_push",
        subject=f"endpoint:{endpoint.pk}",
        detail={"proof": claimant.proof.partition(":")[0], "new": found is None},
    )
    return endpoint, found is None


@transaction.atomic
def renew_push(*, old_address: str, old_auth: str, subscription: Subscription) -> int:
    """Follow a browser that changed its address by itself; returns how many endpoints moved.

    Who knows the old address and its secret is that browser. Raises SubscriptionRefused.
    """
    _check(subscription)
    known = [
        endpoint
        for endpoint in Endpoint.objects.select_for_update(no_key=True).filter(
            kind=KIND, address=old_address, retired_at=None
        )
        if endpoint.keys.get("auth") == old_auth
    ]
    for endpoint in known:
        endpoint.address = subscription.address
        endpoint.keys |= {"p256dh": subscription.p256dh, "auth": subscription.auth}
        endpoint.last_seen_at = timezone.now()
        endpoint.save(update_fields=["address", "keys", "last_seen_at"])
        record_act(actor="device", action="messaging.renew_push", subject=f"endpoint:{endpoint.pk}")
    if not known:
        raise SubscriptionRefused(
            "この端末は登録されていません。もう一度「受けとる」を押してください。"
        )
    return len(known)


def devices_added_by(proof: str) -> int:
    """How many devices came in by one link or code, retired ones too."""
    return Endpoint.objects.filter(kind=KIND, keys__proof=proof).count()


def _check_room(claimant: Claimant, devices: int) -> None:
    if claimant.most and devices_added_by(claimant.proof) >= claimant.most:
        raise SubscriptionRefused(SPENT)
    if devices >= MOST_DEVICES:
        raise SubscriptionRefused(FULL)


def _origin(endpoint: Endpoint, claimant: Claimant) -> dict[str, str]:
    """The first proof stays: it is what limits how many devices one link lets in."""
    return {"proof": endpoint.keys.get("proof") or claimant.proof}


def _check(subscription: Subscription) -> None:
    options = _options()
    if options is None:
        raise SubscriptionRefused("この町では、まだ通知を使えません。役場にたずねてください。")
    try:
        check_endpoint(subscription.address, rehearsal=options.rehearsal)
        make_sealing_key(subscription.p256dh, subscription.auth)
    except EndpointRefused as error:
        raise SubscriptionRefused(str(error)) from error
    except BadSubscription as error:
        raise SubscriptionRefused(
            "ブラウザーの通知の鍵を読めません。ページを開き直して、もう一度押してください。"
        ) from error


def _options() -> WebPushOptions | None:
    channel = Channel.objects.filter(kind=KIND, is_enabled=True).first()
    return WebPushOptions.model_validate(channel.options) if channel else None
