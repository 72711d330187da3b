"""What the placeholders of pages.csv stand for in a running stack."""

import hashlib
import secrets
from importlib import import_module
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from nenrin.cli.install import install_town, own_channels
from nenrin.core.accounts.models import User
from nenrin.core.areas.models import Shelter
from nenrin.core.messaging.models import Delivery, Endpoint, Message, Visit
from nenrin.core.messaging.services.visits.issue_visit_link import issue_visit_link
from nenrin.core.messaging.services.visits.start_visits import start_visits
from nenrin.core.messaging.tokens import delivery_token, visit_token
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.people.models import Household, Person
from nenrin.core.printing.compiler import compile_pdf
from nenrin.core.tenancy.scope import town_scope
from nenrin.residents.notices.models import Notice
from nenrin.residents.notices.services.draw_document import draw_document
from nenrin.residents.notices.services.publish_notice import NoticeText, Upload, publish_notice
from nenrin.residents.safety.services.open_case import open_case
from nenrin.residents.shelters.services.count_people import count_people
from nenrin.residents.shelters.services.describe_shelter import describe_shelter
from nenrin.residents.shelters.services.open_shelter import open_shelter
from nenrin.residents.support.models import SupportRequest
from nenrin.residents.support.services.ask_support import Asked, ask_support

from .applied import applied_ids
from .counter import counter_ids
from .desk import desk_ids

ROOT = Path(__file__).resolve().parents[2]
SAMPLE_PDF = ROOT / "nenrin/core/printing/tests/sample.typ"


def full_town(code: str) -> dict[str, str]:
    """Ids of the demo town, and cookies of one person of each kind."""
    with town_scope(code):
        message = Message.objects.filter(released_at__isnull=False).latest("released_at")
        delivery = Delivery.objects.filter(message=message, channel__kind="webpush").first()
        household = delivery.household
        person = household.persons.filter(is_head=True).first() or household.persons.first()
        resident = _resident(person)
        return {
            "message": str(message.pk),
            "token": delivery_token(code, delivery.pk),
            "household": household.number,
            "household_id": str(household.pk),
            "member": str(StaffMember.objects.filter(roles__len__gt=0).first().pk),
            "person": str(person.pk),
            "notice": str(_notice().pk),
            "support": str(_support(household).pk),
            **_boards(message, household),
            "cookie_staff": _session(StaffMember.objects.filter(roles__len__gt=0).first().user),
            "cookie_resident": _session(resident),
            "cookie_tablet": _tablet(household),
            **desk_ids(),
            **applied_ids(person),
            **counter_ids(person),
        }


def _boards(message: Message, household: Household) -> dict[str, str]:
    """An open shelter, a call for help, and a visitor's link."""
    gym = Shelter.objects.get(name="金山小学校体育館")
    opening = open_shelter(shelter=gym, is_drill=False, acting_user="screens")
    describe_shelter(shelter=gym, capacity=120, equipment=["pets"], acting_user="screens")
    count_people(opening=opening, total=34, acting_user="screens")
    case = open_case(message=message, household=household)
    if not Visit.objects.filter(message=message).exclude(visitor=None).exists():
        start_visits(message=message, acting_user="screens")
    visitor = Visit.objects.filter(message=message).exclude(visitor=None).first().visitor
    link = issue_visit_link(message=message, visitor=visitor, acting_user="screens")
    return {
        "opening": str(opening.pk),
        "shelter": str(gym.pk),
        "case": str(case.pk),
        "visit": visit_token(link.town_id, link.pk),
    }


def _notice() -> Notice:
    body = "雪おろしの手伝いを申し込めます。65歳以上の世帯が対象です。総務課に電話してください。"
    text = NoticeText("circular", "snow", "雪おろしの手伝いについて", body)
    pdf = compile_pdf(SAMPLE_PDF, {"title": "広報かねやま 12月号", "body": "除雪のお願い"})
    uploads = [Upload("広報かねやま12月号.pdf", pdf)]
    notice, _ = publish_notice(text=text, uploads=uploads, acting_user="screens")
    draw_document(document=notice.documents.get())
    return notice


def _support(household: Household) -> SupportRequest:
    asked = Asked("金山 花子", "0233000000", household.district, "tablet", "音が出ません")
    return ask_support(asked=asked, person=None, acting_user="screens")


def empty_town(code: str) -> dict[str, str]:
    """A town without people or messages, with one member of staff."""
    install_town(code, own_channels())
    with town_scope(code):
        section, _ = Section.objects.get_or_create(code="soumu", defaults={"name": "総務課"})
        user = User.objects.create_user(
            f"{secrets.token_hex(4)}@shinjo.invalid", name="職員", kind=User.Kind.STAFF
        )
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
        roles = StaffMember(user=user, section=section, post="係長", roles=[*_every_role()])
        roles.save()
        return {"cookie_staff": _session(user)}


def _every_role() -> set[str]:
    with town_scope("063614"):
        return {role for member in StaffMember.objects.all() for role in member.roles}


def _resident(person: Person) -> User:
    if person.user:
        return person.user
    address = f"{secrets.token_hex(4)}@kaneyama.invalid"
    user = User.objects.create_user(address, name=str(person))
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    person.user = user
    person.save(update_fields=["user"])
    return user


def _session(user: User) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def _tablet(household: Household) -> str:
    token, now = secrets.token_urlsafe(32), timezone.now()
    Endpoint.objects.create(
        household=household,
        kind="tablet",
        address=secrets.token_urlsafe(9),
        keys={"token_hash": hashlib.sha256(token.encode()).hexdigest()},
        verified_at=now,
        consented_at=now,
    )
    return token
