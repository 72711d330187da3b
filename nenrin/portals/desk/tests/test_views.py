import pytest
from django.test import Client

from nenrin.core.accounts.models import User
from nenrin.core.areas.models import District
from nenrin.core.messaging.models import Message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.demo.services.load_staff import load_demo_staff
from nenrin.residents.orders.drafts import seal_of
from nenrin.residents.orders.models import MessageDraft
from nenrin.residents.orders.selectors import orders_in_force
from nenrin.residents.orders.services.start_draft import start_draft
from nenrin.residents.orders.tests.desk import lived_in, order_aim

from .signed_in import client_of

AIM = {"what": "order-4", "hazard": "landslide", "hours": "12", "asks_safety": "on"}
WORDS = {"title": "題", "body": "文", "act": "next"}


@pytest.fixture
def author(small_town):
    load_demo_staff(seed="test")
    return User.objects.get(email="bosai@kaneyama.invalid")


@pytest.fixture
def second(author):
    return User.objects.get(email="seisaku@kaneyama.invalid")


@pytest.fixture
def draft(author):
    return start_draft(aim=order_aim(lived_in()), acting_user=author)


def test_from_nothing_to_released_and_lifted_by_two_people(author, second):
    mine, theirs = client_of(author), client_of(second)
    chosen = [d.pk for d in lived_in(1)]
    page = mine.post("/staff/desk/new", AIM | {"districts": chosen}, follow=True)
    draft = MessageDraft.objects.get()
    assert page.redirect_chain[-1][0] == f"/staff/desk/drafts/{draft.pk}/words"
    assert "警戒レベル4 避難指示" in page.content.decode()
    seen = mine.post(page.redirect_chain[-1][0], WORDS | {"title": draft.title}, follow=True)
    assert "もう一人の同意が要ります" in seen.content.decode()
    mine.post(f"/staff/desk/drafts/{draft.pk}/ask")
    assert "読んで同意する" in theirs.get("/staff/").content.decode()
    asked = theirs.get(f"/staff/desk/drafts/{draft.pk}/")
    assert "同意して送る" in asked.content.decode()
    done = theirs.post(
        f"/staff/desk/drafts/{draft.pk}/consent", {"seal": asked.context["seal"]}, follow=True
    )
    assert "世帯に送り始めました" in done.content.decode()
    assert [o.district for o in orders_in_force()] == chosen
    draft.refresh_from_db()
    assert mine.get(f"/staff/desk/drafts/{draft.pk}/").status_code == 302
    lift = mine.post(f"/staff/desk/events/{draft.event_id}/lift", follow=True)
    assert "解除する地区" in lift.content.decode()


def test_no_district_and_a_past_hour_are_said_and_everything_typed_stays(author):
    page = client_of(author).post(
        "/staff/desk/new", AIM | {"hours": "until", "until": "2020-01-01T10:00"}
    )
    text = page.content.decode()
    assert page.status_code == 400 and not MessageDraft.objects.exists()
    assert "地区を選んでください" in text and "もう過ぎた日時" in text
    assert "2020-01-01T10:00" in text and 'value="order-4"' in text


def test_an_order_says_why_before_it_goes_on(author):
    chosen = {"districts": [District.objects.first().pk], "hazard": ""}
    page = client_of(author).post("/staff/desk/new", AIM | chosen)
    assert page.status_code == 400 and "何のための避難情報か" in page.content.decode()
    news = client_of(author).post("/staff/desk/new", AIM | chosen | {"what": "news"})
    assert news.status_code == 302 and MessageDraft.objects.get().hazard == "other"


def test_words_are_kept_while_typed_and_measured(author, draft):
    client = client_of(author)
    long = WORDS | {"body": "川から離れてください。" * 300}
    answer = client.post(f"/staff/desk/drafts/{draft.pk}/save", long, HTTP_X_FRAGMENT="help")
    text = answer.content.decode()
    assert "ショートメッセージ" in text and "字短くしてください" in text and "<html" not in text
    draft.refresh_from_db()
    assert draft.body == long["body"] and draft.edited_by == author


def test_a_title_too_long_is_told_and_kept_as_far_as_it_fits(author, draft):
    page = client_of(author).post(
        f"/staff/desk/drafts/{draft.pk}/words", WORDS | {"title": "長" * 130}
    )
    assert page.status_code == 400 and "長" * 130 in page.content.decode()
    draft.refresh_from_db()
    assert draft.title == "長" * 120


def test_a_session_that_ended_in_mid_sentence_loses_nothing(author, draft):
    client = client_of(author)
    path = f"/staff/desk/drafts/{draft.pk}/words"
    client.logout()
    asked = client.post(path, WORDS | {"body": "半分まで書いた文"})
    assert asked.status_code == 302 and asked.headers["Location"].startswith("/accounts/login/")
    saved = client.post(f"/staff/desk/drafts/{draft.pk}/save", WORDS, HTTP_X_FRAGMENT="help")
    assert saved.status_code == 401
    client.force_login(author, "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(path).content.decode()
    assert "半分まで書いた文" in page and "戻しました" in page
    assert "半分まで書いた文" not in client.get(path).content.decode()


def test_a_form_without_a_draft_is_kept_through_the_sign_in_too(author):
    client = Client()
    client.post("/staff/desk/new", AIM | {"districts": [District.objects.first().pk]})
    client.force_login(author, "allauth.account.auth_backends.AuthenticationBackend")
    form = client.get("/staff/desk/new").context["form"]
    assert form["what"].value() == "order-4"


def test_the_preview_counts_before_sending_and_has_paper_and_cap(author, draft):
    client = client_of(author)
    page = client.get(f"/staff/desk/drafts/{draft.pk}/")
    forecast = page.context["forecast"]
    assert forecast.households > 0 and f"<strong>{forecast.households}</strong> 世帯" in (
        page.content.decode()
    )
    pdf = client.get(f"/staff/desk/drafts/{draft.pk}/paper.pdf")
    assert pdf.content.startswith(b"%PDF") and pdf.headers["Content-Type"] == "application/pdf"
    cap = client.get(f"/staff/desk/drafts/{draft.pk}/cap.xml").content.decode()
    assert "<severity>Severe</severity>" in cap and draft.title in cap
    assert Message.objects.count() == 0


def test_a_second_release_says_so(author, second, draft):
    mine, theirs = client_of(author), client_of(second)
    mine.post(f"/staff/desk/drafts/{draft.pk}/ask")
    draft.refresh_from_db()
    seal = {"seal": seal_of(draft)}
    theirs.post(f"/staff/desk/drafts/{draft.pk}/consent", seal)
    again = theirs.post(f"/staff/desk/drafts/{draft.pk}/consent", seal, follow=True)
    assert "二度は送れません" in again.content.decode()
    assert Message.objects.filter(released_at__isnull=False).count() == 1


def test_break_glass_stands_on_the_desks_of_the_others(author, second, draft):
    mine, theirs = client_of(author), client_of(second)
    path = f"/staff/desk/drafts/{draft.pk}/alone"
    refused = mine.post(path, {"reason": ""}, follow=True)
    assert "理由を書いて" in refused.content.decode() and not orders_in_force()
    sent = mine.post(path, {"reason": "夜中で、だれにもつながりません"}, follow=True)
    assert "一人で" in sent.content.decode() and orders_in_force()
    assert "夜中で、だれにもつながりません" in theirs.get("/staff/").content.decode()
    reviewed = theirs.post(f"/staff/desk/drafts/{draft.pk}/review", follow=True)
    assert "確かめたことを記録しました" in reviewed.content.decode()
    assert "夜中で" not in theirs.get("/staff/").content.decode()


def test_found_by_words_and_empty_in_plain_words(author, draft):
    client = client_of(author)
    assert "いま出ている知らせはありません" in client.get("/staff/desk/").content.decode()
    assert draft.title in client.get("/staff/desk/?q=避難指示").content.decode()
    nothing = client.get("/staff/desk/?q=みつからない").content.decode()
    assert draft.title not in nothing and "「みつからない」の下書きはありません" in nothing


def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(author, draft):
    client = Client()
    path = f"/staff/desk/drafts/{draft.pk}/alone"
    asked = client.post(path, {"reason": "だれもいないので"})
    assert asked.headers["Location"].endswith(f"next={path}")
    client.force_login(author, "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(path, follow=True)
    assert "だれもいないので" in page.content.decode() and not orders_in_force()


def test_only_staff_come_in(small_town):
    message = make_message()
    for path in ("/staff/desk/", "/staff/desk/new", f"/staff/desk/telegrams/{message.pk}/open"):
        assert Client().get(path).headers["Location"].startswith("/accounts/login/")
    resident = User.objects.create_user("r@example.invalid", name="町民")
    assert client_of(resident).get("/staff/desk/").status_code == 403


def test_the_town_decides_what_needs_consent_but_orders_always_do(author, draft):
    client = client_of(author)
    page = client.get("/staff/desk/consent")
    values = {name: page.context["form"][name].value() for name in page.context["form"].fields} | {
        "news": 0
    }
    assert "order" not in values
    client.post("/staff/desk/consent", values | {"order": 9})
    aim = AIM | {"what": "news", "everyone": "on"}
    made = client.post("/staff/desk/new", aim, follow=True).redirect_chain[-1][0]
    seen = client.post(made, WORDS, follow=True).content.decode()
    assert "もう一人の同意が要ります" in seen
    order = client.get(f"/staff/desk/drafts/{draft.pk}/").content.decode()
    assert "もう一人の同意が要ります" in order
