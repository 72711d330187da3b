"""When the town's orders change, Lアラート gets them as a document."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from nenrin.core.areas.models import District
from nenrin.core.events.bus import listen
from nenrin.core.messaging.models import Message
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import current_town_code
from nenrin.residents.lalert.evacuation import evacuation_document
from nenrin.residents.lalert.folder import FolderGateway, lalert_identifier
from nenrin.residents.lalert.port import DistrictOrder, Document, OrderReport, Sender
from nenrin.residents.orders.events import OrdersChanged
from nenrin.residents.orders.levels import ENDINGS, Kind
from nenrin.residents.orders.models import EvacuationOrder, Event, MessageDraft

Counts = dict[int, tuple[int, int]]


def orders_changed_go_to_lalert(happened: OrdersChanged) -> None:
    """Write the event's document anew; the same fact again writes the same file."""
    event = Event.objects.get(pk=happened.event)
    message = Message.objects.get(pk=UUID(happened.message))
    report = order_report(event, message)
    FolderGateway(current_town_code()).hand_over(report.document, evacuation_document(report))


def order_report(event: Event, message: Message) -> OrderReport:
    """The orders of an event as they stood when a message of it went out."""
    town = Town.objects.get(pk=current_town_code())
    at = message.released_at or timezone.now()
    rows = event.orders.filter(since__lte=at).select_related("district").order_by("district__code")
    counts = _counts()
    standing = [o for o in rows if o.lifted_at is None or o.lifted_at > at]
    ended = [
        o
        for o in rows
        if o.lifted_by_id == message.pk and o.ending != EvacuationOrder.Ending.CHANGED
    ]
    orders = [_order(row, counts, row.since) for row in standing]
    orders += [_order(row, counts, at, is_lifted=True) for row in ended]
    return OrderReport(sender_of(town), _document(event, message, at), tuple(orders))


def sender_of(town: Town) -> Sender:
    """The town hall as it signs its documents."""
    domain = str(settings.NENRIN.public_url).split("//")[-1].split("/")[0]
    return Sender(town.code, town.name, f"{town.name}役場", domain)


def _document(event: Event, message: Message, at: datetime) -> Document:
    written = MessageDraft.objects.filter(
        event=event, message__released_at__lte=at, kind__in=(Kind.ORDER, *ENDINGS)
    )
    cancelled = written.filter(message=message, kind=Kind.CANCEL).exists()
    return Document(
        identifier=lalert_identifier(str(event.town_id), event.pk),
        revision=written.count(),
        headline=message.title,
        disaster=event.get_hazard_display(),
        reported_at=at,
        valid_until=message.expires_at,
        is_drill=event.is_drill,
        is_cancelled=cancelled and not event.orders.filter(lifted_at=None).exists(),
    )


def _counts() -> Counts:
    lived = Q(households__left_on=None)
    at_home = lived & Q(households__persons__left_on=None)
    rows = District.objects.annotate(
        homes=Count("households", filter=lived, distinct=True),
        people=Count("households__persons", filter=at_home, distinct=True),
    )
    return {row.pk: (row.homes, row.people) for row in rows}


def _order(
    row: EvacuationOrder, counts: Counts, at: datetime, *, is_lifted: bool = False
) -> DistrictOrder:
    households, persons = counts.get(row.district_id, (0, 0))
    return DistrictOrder(
        name=row.district.name,
        kana=row.district.name_kana,
        level=row.level,
        at=at,
        is_lifted=is_lifted,
        households=households,
        persons=persons,
    )


listen(OrdersChanged, orders_changed_go_to_lalert)
