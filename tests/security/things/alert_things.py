"""What the town's desk and boards hold while something happens."""

from datetime import timedelta

from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.core.areas.models import Shelter
from nenrin.core.messaging.models import Message, VisitLink
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.tokens import visit_token
from nenrin.core.people.models import Household, Visitor
from nenrin.residents.orders.events import OrdersChanged
from nenrin.residents.orders.levels import Kind
from nenrin.residents.orders.models import Event, MessageDraft
from nenrin.residents.orders.tests.desk import give_order, lived_in, make_staff
from nenrin.residents.safety.models import HelpCase
from nenrin.residents.shelters.models import Opening
from nenrin.wiring.orders_changed_go_to_lalert import orders_changed_go_to_lalert


def make_alert_things(
    household: Household, message: Message, staff: User, town: str
) -> dict[str, object]:
    """One of each, by the names of address parts."""
    now = timezone.now()
    shelter = Shelter.objects.all()[0]
    link = VisitLink.objects.create(
        message=message,
        visitor=Visitor.objects.all()[0],
        issued_by="t",
        issued_at=now,
        expires_at=now + timedelta(days=1),
    )
    return {
        "visit token": visit_token(town, link.pk),
        "number": household.number,
        "case": HelpCase.objects.create(
            message=message, household=household, opened_at=now, changed_at=now
        ).pk,
        "shelter": shelter.pk,
        "opening": Opening.objects.create(shelter=shelter, opened_at=now, opened_by="t").pk,
        "event": _event().pk,
        "telegram message": make_message(source="alerts", title="秘密沢の大雨").pk,
        "draft": MessageDraft.objects.create(
            kind=next(iter(Kind)), title="秘密沢", author=staff, edited_by=staff
        ).pk,
    }


def _event() -> Event:
    """One with an order, whose document for Lアラート the worker has written."""
    draft = give_order(make_staff("author"), make_staff("second"), lived_in())
    draft.event.name = "秘密沢の土砂"
    draft.event.save(update_fields=["name"])
    orders_changed_go_to_lalert(OrdersChanged(draft.event.pk, str(draft.message_id), False))
    return draft.event
