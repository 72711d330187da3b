"""Raising the level in the middle of a form: what was typed stays, and the way leads back."""

import re
from datetime import timedelta

from django.core import mail
from django.test import Client
from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.core.people.models import CardIdentity, Person
from nenrin.engines.casework.models import Case
from nenrin.residents.procedures.models import Application, Identity, Mouth, Signature
from nenrin.residents.procedures.services.drafts.start_application import Starter, start_application
from nenrin.residents.procedures.services.name_applicant import name_applicant
from nenrin.residents.procedures.signing.links import code_of
from nenrin.residents.procedures.tests.factories import begin, fill, record_answers
from nenrin.residents.procedures.tests.signed_forms import ANSWERS, publish_marriage


def _card(person=None, state="linked", **more):
    now = timezone.now()
    fields = {"issuer": "https://c", "subject": state, "first_at": now, "last_at": now}
    return CardIdentity.objects.create(state=state, person=person, **fields | more)


def _hold(client, card, minutes_ago=0):
    session = client.session
    at = timezone.now() - timedelta(minutes=minutes_ago)
    session["proof_card"] = {"at": at.isoformat(), "identity": card.pk}
    session.save()


def _text(answer):
    return answer.content.decode()


def _draft(person, **options):
    starter = Starter(Mouth.PHONE, Identity.LOGIN, person.user, person, person.household)
    made, _ = start_application(
        version=publish_marriage(**options), starter=starter, acting_user="t"
    )
    fill(made, ANSWERS)
    return made, f"/procedures/applications/{made.pk}/"


def _sent(client, address):
    return client.post(f"{address}review", {"truth": "1", "consent": "1"})


def test_a_page_that_wants_a_card_asks_first_and_keeps_what_was_typed(mine, person):
    made, home = _draft(person, page="card")
    assert mine.get(f"{home}sections/couple").status_code == 200
    answer = mine.get(f"{home}sections/private")
    assert answer.status_code == 403 and "本人と確かめます" in _text(answer)
    typed = {"_asked": ["note"], "note": "ひみつ"}
    assert mine.post(f"{home}sections/private", typed).status_code == 403
    _hold(mine, _card(person))
    assert mine.get(f"{home}sections/private").status_code == 200
    made.refresh_from_db()
    assert made.answers == ANSWERS


def test_a_card_held_long_ago_is_asked_for_again(mine, person):
    _, home = _draft(person, page="card")
    card = _card(person)
    for minutes, status in ((29, 200), (31, 403)):
        _hold(mine, card, minutes)
        assert mine.get(f"{home}sections/private").status_code == status


def test_a_card_form_is_sent_without_one_where_the_desk_looks(mine, person):
    application, _ = begin(person=person)
    fill(application, record_answers())
    home = f"/procedures/applications/{application.pk}/"
    page = _text(mine.get(f"{home}review"))
    assert "カードを使わなくても" in page and "この町では、まだカードを使えません" in page
    _sent(mine, home)
    case = Case.objects.get()
    assert case.checks.filter(key="identity").exists()
    application.refresh_from_db()
    assert application.identity == Identity.LOGIN


def test_a_fresh_card_leaves_the_desk_nothing_to_look_at(mine, person):
    application, _ = begin(person=person)
    fill(application, record_answers())
    home = f"/procedures/applications/{application.pk}/"
    _hold(mine, _card(person))
    assert "マイナンバーカードで確かめました" in _text(mine.get(f"{home}review"))
    _sent(mine, home)
    assert not Case.objects.get().checks.filter(key__in=("identity", "signature")).exists()
    application.refresh_from_db()
    assert application.identity == Identity.CARD and application.identity_at


def test_a_card_that_grew_old_before_sending_does_not_count(mine, person):
    application, _ = begin(person=person)
    fill(application, record_answers())
    home = f"/procedures/applications/{application.pk}/"
    card = _card(person)
    _hold(mine, card)
    mine.get(f"{home}review")
    _hold(mine, card, 31)
    _sent(mine, home)
    application.refresh_from_db()
    assert application.identity == Identity.LOGIN
    assert Case.objects.get().checks.filter(key="identity").exists()


def test_a_declined_card_raises_nothing(mine, person):
    _, home = _draft(person, page="card")
    _hold(mine, _card(state="declined"))
    assert mine.get(f"{home}sections/private").status_code == 403


def test_a_card_that_turned_out_to_be_anothers_raises_nothing(mine, person):
    _, home = _draft(person, page="card")
    other = Person.objects.exclude(pk=person.pk).filter(household__isnull=False)[0]
    card = _card(state="waiting")
    _hold(mine, card)
    assert mine.get(f"{home}sections/private").status_code == 200
    card.state, card.person = "linked", other
    card.save()
    assert mine.get(f"{home}sections/private").status_code == 403


def test_somebody_elses_standing_does_not_take_an_application_over(person):
    made, home = _draft(person)
    other = Person.objects.exclude(pk=person.pk).filter(household__isnull=False)[0]
    other.user = User.objects.create_user("o@example.invalid", name="o")
    other.save()
    client = Client()
    client.force_login(other.user)
    session = client.session
    session["applications"] = [str(made.pk)]
    session.save()
    assert "ほかの方が始めた" in _text(client.get(f"{home}review", follow=True))
    made.refresh_from_db()
    assert made.person == person


def test_who_holds_a_waiting_card_applies_and_is_named_later(person):
    card = _card(state="waiting", says={"name": "x"})
    client = Client()
    _hold(client, card)
    publish_marriage(identity="card")
    client.post("/procedures/marriage-trial/start")
    made = Application.objects.get()
    home = f"/procedures/applications/{made.pk}/"
    fill(made, ANSWERS)
    client.get(f"{home}review")
    made.refresh_from_db()
    assert (made.identity, made.card, made.person) == (Identity.CARD, card, None)
    assert name_applicant(card=card.pk, person=person, acting_user="t") == 1
    made.refresh_from_db()
    assert (made.person, made.user) == (person, person.user)


def test_the_whole_story_of_two_witnesses_and_a_mailbox(mine, person):
    made, home = _draft(person)
    page = _text(mine.get(f"{home}review"))
    assert "証人（あと2人）" in page and 'name="submission"' not in page
    assert "番号を送って確かめる" in page
    mine.post(f"{home}contact/mail")
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    back = mine.post(f"/contact/code?next={home}review", {"code": code})
    assert back.headers["Location"] == f"{home}review"
    assert "確かめました" in _text(mine.get(back.headers["Location"]))
    for number, called in enumerate(("証人いち", "証人に"), 1):
        invited = {"role": "witness", "name": called, "email": f"w{number}@example.jp"}
        mine.post(f"{home}signers/invite", invited)
        link = re.search(r"/sign/\S+", mail.outbox[-1].body)[0]
        witness = Client()
        shown = _text(witness.get(link))
        assert "金山太郎" in shown and "taro@example.jp" not in shown
        digest = re.search(r'name="digest" value="(\w+)"', shown)[1]
        hand = {"name": called, "birth_date": f"昭和2{number}年1月1日", "agrees": "on"}
        assert witness.post(link, hand).status_code == 400
        signed = witness.post(link, hand | {"digest": digest}, follow=True)
        assert "署名しました" in _text(signed)
    assert "署名がそろいました" in _text(mine.get(f"{home}signers/"))
    assert _sent(mine, home).status_code == 302
    made.refresh_from_db()
    assert made.case and made.reached == {"mail": "taro@example.jp"}


def test_a_changed_address_is_to_be_reached_again(mine, person):
    made, home = _draft(person)
    made.refresh_from_db()
    made.reached = {"mail": ANSWERS["mail"]}
    made.save()
    fill(made, ANSWERS | {"mail": "jiro@example.jp"})
    mine.get(f"{home}review")
    made.refresh_from_db()
    assert made.reached == {}


def test_the_link_to_hand_over_is_shown_once(mine, person):
    _, home = _draft(person)
    mine.post(f"{home}signers/invite", {"role": "witness", "name": "いち", "email": ""})
    shown = _text(mine.get(f"{home}signers/"))
    assert "/sign/" in shown and "/sign/" not in _text(mine.get(f"{home}signers/"))
    signature = Signature.objects.get()
    page = _text(Client().get(f"/sign/{code_of(signature)}"))
    assert "署名の前に" in page and 'name="digest"' not in page
    old = code_of(signature)
    mine.post(f"{home}signers/{signature.pk}/renew")
    assert Client().get(f"/sign/{old}").status_code == 404
    mine.post(f"{home}signers/{signature.pk}/take-back")
    assert not Signature.objects.exists()
    assert mine.post(f"{home}signers/{signature.pk}/take-back").status_code == 404


def test_a_signer_says_no_and_thinks_again(mine, person):
    _, home = _draft(person)
    invited = {"role": "witness", "name": "いち", "email": "w@example.jp"}
    mine.post(f"{home}signers/invite", invited)
    link = f"/sign/{code_of(Signature.objects.get())}"
    Client().post(f"{link}/decline", {"words": "できません"})
    assert "できません" in _text(mine.get(f"{home}signers/"))
    assert "署名しないと答えました" in _text(Client().get(link))


def test_an_invitation_without_a_name_is_said_so(mine, person):
    _, home = _draft(person)
    answer = mine.post(f"{home}signers/invite", {"role": "witness", "name": "", "email": "x"})
    page = _text(answer)
    assert answer.status_code == 400 and "お名前を書いて" in page and "「@」" in page
    assert mine.post(f"{home}signers/invite", {"role": "?", "name": "い"}).status_code == 400


def test_a_form_without_signers_has_no_such_page(mine, person):
    application, _ = begin(person=person)
    assert mine.get(f"/procedures/applications/{application.pk}/signers/").status_code == 404
