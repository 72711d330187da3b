"""A town with secrets, and everyone who might want them."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test import Client
from django.utils.http import int_to_base36

from nenrin.core.accounts.models import User
from nenrin.core.areas.models import District
from nenrin.core.files.access import FileAccess, file_access
from nenrin.core.files.models import StoredFile
from nenrin.core.files.services.store_file import store_file
from nenrin.core.files.tests.samples import PDF
from nenrin.core.messaging.models import Delivery, Message
from nenrin.core.messaging.services.endpoints.pair_tablet import pairing_code
from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.tokens import delivery_token
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.people.models import Household, Person
from nenrin.core.tenancy.row_security import scoped_tables
from nenrin.core.tenancy.scope import town_scope
from nenrin.core.tenancy.services.create_town import create_town
from nenrin.demo.services.load_staff import ROLES

from .things.alert_things import make_alert_things
from .things.applied_things import make_applied_things
from .things.belongings import make_belongings
from .things.counter_things import make_counter_things
from .things.town_things import make_town_things

OUR_CODE, THEIR_CODE = "063614", "063622"
OUR_HOST, THEIR_HOST = "localhost", "mogami.localhost"
SECRETS = ("秘密沢", "秘密野", "himitsu")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class World:
    """Our town's things, by the names that `pages.ARGUMENTS` uses."""

    household: Household
    message: Message
    draft: Message
    delivery: Delivery
    file: StoredFile
    pairing_code: str
    passkey: Authenticator
    uidb36: str
    belongings: dict[str, object]
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def token(self) -> str:
        return delivery_token(OUR_CODE, self.delivery.pk)

    def rows(self) -> dict[str, str]:
        """A digest of every table's rows in our town; differs after any change."""
        return {table: _digest(table) for table, _ in scoped_tables()}


def _digest(table: str) -> str:
    with town_scope(OUR_CODE), connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{table}\" t")
        return str(cursor.fetchone()[0])


def _user(email: str, name: str, kind: str) -> User:
    user = User.objects.create_user(email, "x" * 20, name=name, kind=kind)
    if kind == User.Kind.STAFF:
        section, _ = Section.objects.get_or_create(code="s1", defaults={"name": "総務課"})
        StaffMember.objects.create(user=user, section=section, post="主事", roles=ROLES)
        TOTP.activate(user, "A" * 32)
    return user


def _client(user: User | None, host: str) -> Client:
    client = Client(raise_request_exception=False, HTTP_HOST=host)
    if user:
        client.force_login(user, BACKEND)
    return client


def _our_household() -> Household:
    household = Household.objects.create(
        number="H-9999", district=District.objects.first(), address="大字金山秘密沢123"
    )
    Person.objects.create(
        household=household,
        number="P-9999",
        family_name="秘密野",
        given_name="花子",
        family_name_kana="ヒミツノ",
        given_name_kana="ハナコ",
        is_head=True,
    )
    return household


def _resident(email: str, household: Household) -> User:
    user = _user(email, "町民", User.Kind.RESIDENT)
    person = household.persons.order_by("-is_head").first()
    person.user = user
    person.save(update_fields=["user"])
    return user


@pytest.fixture
def world(small_town: Any, settings: Any, tmp_path: Any, monkeypatch: Any) -> World:
    """Our town with its secrets in scope, and clients for everyone who might come."""
    settings.MEDIA_ROOT = tmp_path
    rule = FileAccess("secret", lambda request, stored: is_owner(request.user))
    monkeypatch.setattr(file_access, "_plugs", {"secret": rule})
    household = _our_household()
    owner = _resident("himitsu@example.invalid", household)
    neighbour = _resident(
        "neighbour@example.invalid", Household.objects.exclude(pk=household.pk)[0]
    )
    staff = _user("staff@kaneyama.invalid", "職員", User.Kind.STAFF)
    message = make_message(title="秘密沢の橋が流れそうです")
    release_message(message=message, acting_user="tester")
    made = World(
        household=household,
        message=message,
        draft=make_message(title="秘密沢の下書き"),
        delivery=Delivery.objects.filter(channel__kind="webpush").first(),
        file=store_file(
            content=PDF, name="秘密野.pdf", allowed={"pdf"}, acting_user="t", purpose="secret"
        ),
        pairing_code=pairing_code(household),
        passkey=Authenticator.objects.get(user=staff),
        uidb36=int_to_base36(staff.pk),
        belongings=make_belongings(household)
        | make_town_things(household)
        | make_alert_things(household, message, staff, OUR_CODE)
        | make_applied_things(household)
        | make_counter_things(household),
        clients={
            "anonymous": _client(None, OUR_HOST),
            "owner": _client(owner, OUR_HOST),
            "neighbour": _client(neighbour, OUR_HOST),
            "staff": _client(staff, OUR_HOST),
        },
    )
    _add_the_other_town(made)
    return made


def _add_the_other_town(world: World) -> None:
    create_town(code=THEIR_CODE)
    with town_scope(THEIR_CODE):
        stranger = _user("staff@mogami.invalid", "隣町の職員", User.Kind.STAFF)
        resident = _user("resident@mogami.invalid", "隣町の町民", User.Kind.RESIDENT)
        world.clients["their staff"] = _client(stranger, THEIR_HOST)
        world.clients["their resident"] = _client(resident, THEIR_HOST)
        # The same sign-in, with its cookie carried to our address.
        world.clients["their staff at our door"] = _client(stranger, OUR_HOST)
        world.clients["nobody at their door"] = _client(None, THEIR_HOST)


def is_owner(user: Any) -> bool:
    """Whether this is the resident whose household is the secret one."""
    return getattr(user, "email", "") == "himitsu@example.invalid"
