"""The clerk's pages, the kiosk, the phone's number, bookings, figures and settings."""

from datetime import time

import pytest
from django.test import Client
from django.utils import timezone

from nenrin.core.audit.models import AuditEntry
from nenrin.core.organization.models import StaffMember
from nenrin.engines.bookings.models import Booking, Closure, Resource
from nenrin.engines.surveys.models import Rating
from nenrin.residents.counter.models import Service, Ticket, Window
from nenrin.residents.counter.services.set_up_counter import set_up_counter
from nenrin.residents.counter.tests.factories import MORNING

from ..places import kiosk_token

FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def open_town(small_town, monkeypatch):
    """A counter on a Monday at ten."""
    set_up_counter()
    monkeypatch.setattr(timezone, "now", lambda: MORNING)
    return small_town


@pytest.fixture
def clerk(open_town, staff_client):
    """A clerk who sits at the first window."""
    window = Window.objects.get(number=1)
    staff_client.post("/staff/counter/", {"act": "window", "window": window.pk})
    return staff_client


def test_a_number_from_the_phone_is_called_served_and_asked_about(clerk):
    phone = Client()
    taken = phone.post("/counter/tickets/take/general")
    assert "A001" in phone.get(taken.url).content.decode()
    assert phone.post("/counter/tickets/take/general").url == taken.url
    assert Ticket.objects.count() == 1
    clerk.post("/staff/counter/", {"act": "next"})
    assert "お呼びしています。1番" in phone.get(taken.url).content.decode()
    screen = phone.get("/counter/screen", headers={"X-Fragment": "1"}).content.decode()
    assert "番号 A001 のかた、1番の窓口へどうぞ。" in screen and "<html" not in screen
    asked = clerk.post("/staff/counter/", {"act": "done"})
    assert "<svg" in clerk.get(asked.url).content.decode()
    link = phone.get(taken.url).context["face"]
    assert phone.post(f"/counter/faces/{link}", {}).status_code == 400
    for face in (1, 3):
        phone.post(f"/counter/faces/{link}", {"face": face})
    assert list(Rating.objects.values_list("topic", "face")) == [("counter", 3)]
    acts = AuditEntry.objects.filter(action__startswith="counter.ticket")
    assert list(acts.values_list("action", flat=True).order_by("sequence")) == [
        "counter.ticket_call",
        "counter.ticket_done",
    ]


def test_the_kiosk_needs_its_link_and_gives_a_number(open_town):
    door = Client()
    assert door.get("/counter/kiosk/made-up").status_code == 404
    page = f"/counter/kiosk/{kiosk_token()}"
    tap = {"service": "tax", "page": door.get(page).context["page"]}
    drawn = door.post(page, tap)
    assert door.post(page, tap).url == drawn.url and Ticket.objects.count() == 1
    door.post(page, {"service": "tax", "page": "x"})
    door.post(page, tap | {"service": "general"})
    labels = sorted(Ticket.objects.values_list("label", flat=True))
    assert labels == ["A001", "B001", "B002"]
    assert "B001" in door.get(drawn.url).content.decode()
    assert door.post(page, {"service": "none"}).status_code == 404


def test_closed_says_when_it_opens_and_draws_nothing(open_town):
    Service.objects.update(closes=time(9, 30))
    door = Client()
    answer = door.post("/counter/tickets/take/general", follow=True)
    assert "9時30分まで" in answer.content.decode()
    assert not Ticket.objects.exists()


def test_acts_that_do_not_fit_are_said_in_words(clerk):
    for act in ("again", "done", "hand_over", "number", "nonsense"):
        page = clerk.post("/staff/counter/", {"act": act}, follow=True)
        assert page.status_code == 200 and page.context["current"] is None
    clerk.post("/staff/counter/", {"act": "take", "service": "general"})
    clerk.post("/staff/counter/", {"act": "next"})
    again = clerk.post("/staff/counter/", {"act": "next"}, follow=True)
    assert "次を呼んでください" in again.content.decode()
    other = Window.objects.get(number=3)
    clerk.post("/staff/counter/", {"act": "hand_over", "window": other.pk})
    assert Ticket.objects.get().wanted_window == other


def test_only_staff_and_the_right_roles(open_town, staff_client):
    guest = Client()
    for path in ("", "people/", "bookings/", "figures/", "figures.csv", "settings/"):
        assert guest.get(f"/staff/counter/{path}").status_code == 302
    StaffMember.objects.update(roles=[])
    for path in ("people/", "bookings/", "settings/"):
        assert staff_client.get(f"/staff/counter/{path}").status_code == 403
    assert staff_client.get("/staff/counter/").status_code == 200


def test_a_booking_is_made_changed_by_code_and_seen_by_the_clerk(clerk):
    guest = Client()
    page = guest.get("/counter/bookings/new/counter_slots")
    first, second = (slot.starts_at.isoformat() for slot in page.context["days"][0][1][:2])
    known = {"slot": first, "name": "杉山 花子", "telephone": "０２３３-52-1111", "room": "on"}
    known["page"] = str(page.context["form"]["page"].value())
    path = page.request["PATH_INFO"]
    assert guest.post(path, known | {"name": ""}).status_code == 400
    assert guest.post(path, known | {"words": "123456789018"}).status_code == 400
    made = guest.post(path, known)
    assert guest.post(path, known).url == made.url
    booking = Booking.objects.get(room_for=None)
    assert (booking.telephone, booking.rooms.count()) == ("0233521111", 1)
    code = guest.session["booking_codes"][str(booking.pk)]
    stranger = Client()
    assert stranger.get(made.url).status_code == 404
    assert stranger.post("/counter/bookings/", {"code": "XXXX-XXXX"}).status_code == 400
    assert stranger.post("/counter/bookings/", {"code": code}).url == made.url
    stranger.post(made.url, {"slot": second})
    booking.refresh_from_db()
    assert booking.starts_at.isoformat() != first
    day = timezone.localdate(booking.starts_at)
    assert "杉山 花子" in clerk.get(f"/staff/counter/bookings/?day={day}").content.decode()
    came = {"act": "came", "service": "general"}
    clerk.post(f"/staff/counter/bookings/{booking.pk}", came)
    assert Ticket.objects.get().source == "booking"
    stranger.post(f"{made.url}cancel")
    booking.refresh_from_db()
    assert booking.state == "came"


def test_figures_and_their_file_carry_no_formula(clerk):
    Service.objects.filter(code="general").update(name=FORMULA)
    clerk.post("/staff/counter/", {"act": "take", "service": "general"})
    clerk.post("/staff/counter/", {"act": "next"})
    clerk.post("/staff/counter/", {"act": "done"})
    page = clerk.get("/staff/counter/figures/")
    assert page.context["total"] == 1
    text = clerk.get("/staff/counter/figures.csv").content.decode("utf-8-sig")
    assert f"'{FORMULA}" in text and f",{FORMULA}" not in text
    assert clerk.get("/staff/counter/figures/?from=2026-13-01&until=x").status_code == 400


def test_settings_change_services_windows_and_times(clerk):
    path = "/staff/counter/settings/"
    shown = clerk.get(f"{path}services/general").context["form"]
    service = {name: shown[name].value() for name in shown.fields}
    wrong = service | {"opens": "10:00", "closes": "09:00"}
    assert clerk.post(f"{path}services/general", wrong).status_code == 400
    clerk.post(f"{path}services/general", service | {"name": "なんでも窓口", "takes_phones": ""})
    found = Service.objects.get(code="general")
    assert (found.name, found.takes_phones) == ("なんでも窓口", False)
    assert "町民課" in found.owners
    twin = service | {"code": "twin", "letters": "B"}
    assert clerk.post(f"{path}services/new", twin).status_code == 400
    window = {"number": 9, "services": [found.pk], "is_open": "on"}
    clerk.post(f"{path}windows/new", window)
    assert Window.objects.get(number=9).duties.get().service == found
    assert clerk.post(f"{path}windows/new", window).status_code == 400
    desk = Resource.objects.get(key="counter_slots")
    clerk.post(f"{path}bookings/counter_slots", {"act": "close", "day": "2026-12-01"})
    assert Closure.objects.get().resource == desk
    week = {
        **{"name": "窓口", "seats": 1, "first_day": 1, "days": 5, "minutes": 60},
        **{"weekdays": ["0", "2"], "morning": "09:00", "noon": "12:00", "is_open": "on"},
    }
    assert clerk.post(f"{path}bookings/counter_slots", week | {"noon": ""}).status_code == 400
    again = week | {"key": "counter_slots", "name": "ほか"}
    assert clerk.post(f"{path}bookings/new", again).status_code == 400
    clerk.post(f"{path}bookings/counter_slots", week)
    assert sorted(desk.openings.values_list("weekday", "minutes")) == [(0, 60), (2, 60)]
