"""People and drafts to test with."""

from datetime import timedelta

from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.core.areas.models import District
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role
from nenrin.residents.orders.drafts import Aim, seal_of
from nenrin.residents.orders.levels import Hazard, Kind
from nenrin.residents.orders.models import MessageDraft
from nenrin.residents.orders.services.ask_consent import ask_consent
from nenrin.residents.orders.services.release_draft import consent_and_release
from nenrin.residents.orders.services.start_draft import start_draft


def make_staff(local: str, *, roles=(Role.ALERTS,), post: str = "主事", section: str = "soumu"):
    """A staff member's user."""
    user = User.objects.create_user(f"{local}@kaneyama.invalid", name=local, kind=User.Kind.STAFF)
    found, _ = Section.objects.get_or_create(code=section, defaults={"name": "総務課"})
    StaffMember.objects.create(user=user, section=found, post=post, roles=list(roles))
    return user


def lived_in(count: int = 2) -> list[District]:
    """Districts with households."""
    return list(District.objects.filter(households__left_on=None).distinct()[:count])


def order_aim(districts, **fields) -> Aim:
    """警戒レベル4 避難指示 because of landslides, or as the fields say."""
    values = {
        "kind": Kind.ORDER,
        "level": 4,
        "hazard": Hazard.LANDSLIDE,
        "districts": tuple(d.pk for d in districts),
        "expires_at": timezone.now() + timedelta(hours=6),
        "asks_safety": True,
    }
    return Aim(**values | fields)


def release_with_consent(draft: MessageDraft, author, second) -> MessageDraft:
    """Ask and consent; returns the released draft."""
    ask_consent(draft=draft, acting_user=author)
    draft.refresh_from_db()
    consent_and_release(draft=draft, seal=seal_of(draft), acting_user=second)
    draft.refresh_from_db()
    return draft


def give_order(author, second, districts, **fields) -> MessageDraft:
    """An order that has gone out."""
    draft = start_draft(aim=order_aim(districts, **fields), acting_user=author)
    return release_with_consent(draft, author, second)
