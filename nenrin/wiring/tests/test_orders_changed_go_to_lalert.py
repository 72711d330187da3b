from nenrin.core.events.bus import listeners
from nenrin.core.events.models import OutboxEvent
from nenrin.residents.lalert.folder import FolderGateway
from nenrin.residents.orders.events import OrdersChanged
from nenrin.residents.orders.services.start_draft import follow_event
from nenrin.residents.orders.tests.desk import (
    give_order,
    lived_in,
    make_staff,
    release_with_consent,
)
from nenrin.wiring.orders_changed_go_to_lalert import orders_changed_go_to_lalert


def _hear_all():
    for row in OutboxEvent.objects.filter(name="OrdersChanged").order_by("pk"):
        orders_changed_go_to_lalert(OrdersChanged(**row.payload))


def test_an_order_and_its_lifting_become_two_revisions(small_town, settings, tmp_path):
    settings.NENRIN = settings.NENRIN.model_copy(update={"state_dir": tmp_path})
    author, second = make_staff("kaku"), make_staff("yomu")
    (district,) = lived_in(1)
    given = give_order(author, second, [district])
    lift = follow_event(event=given.event, kind="lift", acting_user=author)
    release_with_consent(lift, author, second)
    _hear_all()
    folder = tmp_path / "lalert" / "063614"
    first, last = (path.read_text() for path in sorted(folder.glob("*.xml")))
    assert "発令" in first and "解除" not in first and district.name in first
    assert "解除" in last and "発令" not in last
    newest = FolderGateway("063614").newest(f"063614-order-{given.event_id}")
    assert newest.read_text() == last
    assert any(listener.event_type is OrdersChanged for listener in listeners)
