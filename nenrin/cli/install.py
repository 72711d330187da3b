"""Make a town ready: its rows, places, channels, ladders and rules; and the demo's people."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction

from nenrin.cli.stack import SEED, Addresses, rehearsal_folder, tablet_list
from nenrin.core.areas.services.load_places import load_places
from nenrin.core.messaging.services.set_up_river import set_up_river
from nenrin.core.messaging.transports.webpush.vapid import make_vapid_key
from nenrin.core.people.models import Household
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope
from nenrin.core.tenancy.services.create_town import create_town
from nenrin.demo.services.load_counter import load_demo_counter
from nenrin.demo.services.load_demo import DemoSource, load_demo_town, write_tablet_list
from nenrin.demo.services.load_residents import load_demo_residents
from nenrin.demo.services.load_staff import load_demo_staff
from nenrin.demo.shape import KANEYAMA, TownShape
from nenrin.rehearsal.keys import ensure_certificates
from nenrin.residents.alerts.services.set_up_alerts import set_up_alerts
from nenrin.residents.counter.services.set_up_counter import set_up_counter
from nenrin.residents.procedures.services.publish_catalog import ask_for_catalog
from nenrin.townhall.plan.services.set_up_plan import set_up_plan


@transaction.atomic
def install_town(code: str, channels: dict[str, dict[str, Any]]) -> Town:
    """Add a town with everything it needs to receive and send; safe to repeat."""
    town = create_town(code=code)
    with town_scope(code):
        load_places()
        set_up_river(options=channels)
        set_up_alerts()
        set_up_plan()
        set_up_counter()
        ask_for_catalog()
    return town


def own_channels() -> dict[str, dict[str, Any]]:
    """Channels that need nobody else: tablet, paper, banner, feed, and web push with a new key."""
    return {
        "webpush": {"vapid_private_key": make_vapid_key()},
        "tablet": {},
        "paper": {},
        "banner": {},
        "feed": {},
    }


def rehearsal_channels(state_dir: Path, addresses: Addresses) -> dict[str, dict[str, Any]]:
    """All channels, towards the stand-ins on this machine."""
    authority = str(ensure_certificates(rehearsal_folder(state_dir)).ca)
    base = f"https://localhost:{addresses.providers}"
    gateway = {"ca_file": authority}
    return own_channels() | {
        "webpush": {
            "vapid_private_key": make_vapid_key(),
            "rehearsal": True,
            "ca_file": authority,
        },
        "line": gateway
        | {"api_base": f"{base}/line", "channel_access_token_env": "NENRIN_LINE_TOKEN"},
        "email": {
            "host": "127.0.0.1",
            "port": addresses.smtp,
            "security": "none",
            "from_address": "town@kaneyama.invalid",
        },
        "sms": gateway | {"api_base": base, "token_env": "NENRIN_SMS_TOKEN"},
        "voice": gateway | {"api_base": base, "token_env": "NENRIN_VOICE_TOKEN"},
    }


def install_demo(
    state_dir: Path, addresses: Addresses, *, code: str = "063614", shape: TownShape = KANEYAMA
) -> int:
    """Add the town with stand-in channels and made-up people, if it has none; households."""
    install_town(code, rehearsal_channels(state_dir, addresses))
    with town_scope(code):
        if not Household.objects.exists():
            base = f"https://localhost:{addresses.providers}"
            load_demo_town(source=DemoSource(SEED, base, shape))
            load_demo_staff(seed=SEED)
            load_demo_residents()
            load_demo_counter(seed=SEED)
        write_tablet_list(tablet_list(state_dir), SEED)
        return Household.objects.filter(left_on=None).count()


def install_neighbours(codes: Iterable[str]) -> None:
    """Add towns without people."""
    for code in codes:
        install_town(code, own_channels())
