"""The card from here to a real OpenID provider and back, and everything that may go wrong."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from joserfc.jwk import ECKey, KeySet

from nenrin.core.accounts.card import provider
from nenrin.core.accounts.card.errand import COOKIE, SALT
from nenrin.core.accounts.models import User
from nenrin.core.audit.models import AuditEntry
from nenrin.core.messaging.transports.tests.local_server import closed_port
from nenrin.core.people.models import CardIdentity, Person
from tests.fixtures.card_reader import use_card_service

AFTER = "/procedures/applications/"


@pytest.fixture
def hanako(small_town, card_reader):
    """The resident whose card the service holds, as the register writes her."""
    person = Person.objects.filter(is_head=True, household__isnull=False).order_by("number")[0]
    person.family_name, person.given_name = "高橋", "花子"
    person.birth_date = date(1950, 4, 1)
    person.save()
    person.household.address = "大字金山324番地1"
    person.household.save()
    return person


def _begin(client, following=AFTER):
    answer = client.get(f"/card/start?{urlencode({'next': following})}")
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def _back(client, place):
    parts = urlsplit(place)
    return client.get(f"{parts.path}?{parts.query}")


def _held(client, reader, card="hanako"):
    return _back(client, reader.hold(_begin(client), card))


def _is_signed_in(client):
    return "_auth_user_id" in client.session


def test_the_request_says_what_the_service_asks_for(hanako):
    asked = {key: held[0] for key, held in parse_qs(urlsplit(_begin(Client())).query).items()}
    assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "openid name address birthdate gender"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 32
    assert asked["acr_values"] == "aal3"


def test_our_public_key_is_published_and_nothing_else_of_it(hanako):
    (key,) = Client().get("/card/jwks.json").json()["keys"]
    assert key["alg"] == "ES256" and key["kid"] and "d" not in key


def test_a_card_that_matches_signs_in_at_once(hanako, card_reader):
    client = Client()
    answer = _held(client, card_reader)
    assert answer.headers["Location"] == AFTER and _is_signed_in(client)
    card = CardIdentity.objects.get()
    assert card.person == hanako and card.says == {}
    assert card.subject.startswith("ppid-") and card.issuer == card_reader.issuer
    hanako.refresh_from_db()
    assert hanako.user.email == "" and hanako.user.audit_name == f"user:{hanako.user.pk}"
    assert AuditEntry.objects.filter(action="people.link_card").count() == 1


def test_later_the_subject_is_enough(hanako, card_reader):
    _held(Client(), card_reader)
    hanako.given_name = "はな"
    hanako.save(update_fields=["given_name"])
    client = Client()
    _held(client, card_reader)
    assert _is_signed_in(client) and CardIdentity.objects.count() == 1


def test_a_card_raises_the_level_of_who_is_signed_in(hanako, card_reader):
    hanako.user = User.objects.create_user("hana@example.invalid", name="花子")
    hanako.save()
    client = Client()
    client.force_login(hanako.user)
    before = client.session.session_key
    _held(client, card_reader)
    assert client.session["proof_card"]["identity"] == CardIdentity.objects.get().pk
    assert client.session.session_key == before


def test_somebody_elses_card_raises_nothing(hanako, card_reader):
    other = Person.objects.exclude(pk=hanako.pk).filter(household__isnull=False)[0]
    other.user = User.objects.create_user("other@example.invalid", name="ほか")
    other.save()
    client = Client()
    client.force_login(other.user)
    answer = _held(client, card_reader)
    assert answer.status_code == 409 and "ちがいます" in answer.content.decode()
    assert "proof_card" not in client.session


def test_staff_never_come_in_by_card(hanako, card_reader):
    hanako.user = User.objects.create_user("s@example.invalid", name="s", kind="staff")
    hanako.save()
    client = Client()
    assert _held(client, card_reader).status_code == 403
    assert not _is_signed_in(client) and "proof_card" not in client.session


def test_a_card_that_differs_waits_and_its_holder_may_go_on(hanako, card_reader):
    client = Client()
    answer = _held(client, card_reader, "moved")
    page = client.get(answer.headers["Location"]).content.decode()
    assert "職員が見て確かめています" in page and AFTER in page
    assert not _is_signed_in(client)
    card = CardIdentity.objects.get()
    assert card.state == "waiting" and card.says["name"] == "髙橋 花子"


def test_a_second_card_of_one_person_is_looked_at(hanako, card_reader):
    now = timezone.now()
    CardIdentity.objects.create(
        issuer="x", subject="1", state="linked", person=hanako, first_at=now, last_at=now
    )
    client = Client()
    _held(client, card_reader)
    assert CardIdentity.objects.filter(state="waiting").count() == 1 and not _is_signed_in(client)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("issuer", 400), ("audience", 400), ("audiences", 400), ("azp", 400), ("nonce", 400),
        ("no-nonce", 400), ("at_hash", 400), ("acr", 400), ("key", 400), ("algorithm", 400),
        ("expired", 400), ("stale", 400),
    ],
)  # fmt: skip
def test_a_spoiled_token_opens_nothing(hanako, card_reader, fault, status):
    client = Client()
    place = card_reader.hold(_begin(client), "hanako")
    card_reader.spoil(fault)
    answer = _back(client, place)
    page = answer.content.decode()
    assert answer.status_code == status and "書いたところまでは残っています" in page
    assert "マイナンバーカードで確かめる" in page and AFTER in page
    assert not _is_signed_in(client) and not CardIdentity.objects.exists()
    assert COOKIE not in client.cookies or not client.cookies[COOKIE].value


def test_a_token_that_does_not_say_how_surely_is_taken(hanako, card_reader):
    client = Client()
    place = card_reader.hold(_begin(client), "hanako")
    card_reader.spoil("no-acr")
    assert _back(client, place).status_code == 302 and _is_signed_in(client)


def test_a_return_address_begun_elsewhere_opens_nothing(hanako, card_reader):
    thief, victim = Client(), Client()
    place = card_reader.hold(_begin(thief), "hanako")
    assert "途中で切れました" in _back(victim, place).content.decode()
    _begin(victim)
    assert _back(victim, place).status_code == 400
    assert not _is_signed_in(victim) and not CardIdentity.objects.exists()


def test_an_errand_begun_before_signing_in_as_somebody_else_is_lost(hanako, card_reader):
    client = Client()
    place = card_reader.hold(_begin(client), "hanako")
    client.force_login(User.objects.create_user("late@example.invalid", name="x"))
    assert _back(client, place).status_code == 400


def _changed_errand(client, **changed):
    errand = signing.loads(client.cookies[COOKIE].value, salt=SALT)
    client.cookies[COOKIE] = signing.dumps(errand | changed, salt=SALT)


def test_the_service_refuses_another_verifier(hanako, card_reader):
    client = Client()
    place = card_reader.hold(_begin(client), "hanako")
    _changed_errand(client, verifier="a" * 64)
    answer = _back(client, place)
    assert answer.status_code == 400 and "もう使われたか" in answer.content.decode()


def test_a_code_is_used_once(hanako, card_reader):
    client = Client()
    place = card_reader.hold(_begin(client), "hanako")
    errand = client.cookies[COOKIE].value
    assert _back(client, place).status_code == 302
    again = Client()
    again.cookies[COOKIE] = errand
    answer = _back(again, place)
    assert "もう使われたか" in answer.content.decode() and not _is_signed_in(again)


def test_an_old_errand_is_lost(hanako, card_reader, monkeypatch):
    client = Client()
    place = card_reader.hold(_begin(client), "hanako")
    monkeypatch.setattr("nenrin.core.accounts.card.errand.SECONDS", -1)
    assert "10分" in _back(client, place).content.decode()


def test_going_back_loses_nothing(hanako, card_reader):
    client = Client()
    answer = _held(client, card_reader, "")
    assert answer.status_code == 200 and "やめました" in answer.content.decode()
    assert not _is_signed_in(client)


def test_an_answer_of_another_issuer_is_doubtful(hanako, card_reader):
    client = Client()
    place = card_reader.hold(_begin(client), "hanako")
    parts = urlsplit(place)
    said = {key: held[0] for key, held in parse_qs(parts.query).items()}
    answer = client.get("/card/return", said | {"iss": "https://another.invalid"})
    assert answer.status_code == 400 and not _is_signed_in(client)


def test_a_service_that_is_down_is_said_so(small_town, settings):
    use_card_service(settings, f"http://localhost:{closed_port()}")
    answer = Client().get("/card/start?next=/procedures/")
    page = answer.content.decode()
    assert answer.status_code == 503 and "いまつながりません" in page and "/procedures/" in page
    provider.forget_providers()


def test_a_service_that_falls_down_meanwhile_is_said_so(hanako, card_reader, monkeypatch):
    client = Client()
    place = card_reader.hold(_begin(client), "hanako")
    known = provider.provider()
    monkeypatch.setattr(known, "token_endpoint", f"http://localhost:{closed_port()}/token")
    assert _back(client, place).status_code == 503


def test_the_services_new_key_is_taken(hanako, card_reader):
    client = Client()
    place = card_reader.hold(_begin(client), "hanako")
    known = provider.provider()
    known.keys = KeySet([ECKey.generate_key("P-256", {"kid": "of-last-year"})])
    assert _back(client, place).status_code == 302 and _is_signed_in(client)


def test_an_address_without_https_is_never_asked(small_town, settings):
    use_card_service(settings, "http://card.example.invalid")
    assert Client().get("/card/start").status_code == 503
    provider.forget_providers()


def test_without_a_service_the_page_says_so(small_town):
    assert Client().get("/card/start").status_code == 404


def test_a_town_without_a_client_offers_no_card(hanako, card_reader, settings):
    others = {"card_clients": {"063622": "RP00000002"}}
    settings.NENRIN = settings.NENRIN.model_copy(update=others)
    assert "/card/start" not in Client().get("/accounts/login/").content.decode()
    assert Client().get("/card/start").status_code == 404


@pytest.mark.parametrize("wanted", ["https://evil.invalid/", "//evil.invalid", "javascript:1"])
def test_nobody_is_sent_elsewhere_afterwards(hanako, card_reader, wanted):
    client = Client()
    place = card_reader.hold(_begin(client, wanted), "hanako")
    assert _back(client, place).headers["Location"] == AFTER


def test_the_time_is_that_of_the_card(hanako, card_reader):
    client = Client()
    _held(client, card_reader)
    at = client.session["proof_card"]["at"]
    assert timezone.now() - timezone.datetime.fromisoformat(at) < timedelta(seconds=30)
