"""Several signers, each a different person; what changes after a signature voids it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from nenrin.core.people.models import Person
from nenrin.residents.procedures.applicant.standing import Standing
from nenrin.residents.procedures.locking import ApplicationRefused
from nenrin.residents.procedures.models import ApplicationNotice, Identity, Mouth, Signature
from nenrin.residents.procedures.services.drafts.start_application import Starter, start_application
from nenrin.residents.procedures.services.submit_application import submit_application
from nenrin.residents.procedures.signing.links import code_of, signature_of
from nenrin.residents.procedures.signing.rules import digest_of, signer_of
from nenrin.residents.procedures.signing.services.invite_signer import (
    MOST_REMINDERS,
    invite_signer,
    remind_signer,
    renew_link,
    take_back_signature,
)
from nenrin.residents.procedures.signing.services.sign_application import (
    Hand,
    decline_signature,
    sign_application,
    withdraw_signature,
)
from nenrin.residents.procedures.tasks import remind_signers

from .factories import fill, resident
from .signed_forms import ANSWERS, marriage, publish_marriage

FIRST = date(1960, 1, 1)


@pytest.fixture
def application(small_town):
    person = resident()
    starter = Starter(Mouth.PHONE, Identity.LOGIN, person.user, person, person.household)
    made, _ = start_application(version=publish_marriage(), starter=starter, acting_user="t")
    fill(made, ANSWERS)
    made.refresh_from_db()
    made.reached = {"mail": ANSWERS["mail"]}
    made.save()
    return made


def _invite(application, email="ichi@example.jp", name="証人"):
    return invite_signer(
        application=application, role="witness", name=name, email=email, acting_user="t"
    )


def _hand(signature, name, *, born=FIRST, standing=None):
    signer = signer_of(marriage(), "witness")
    standing = standing or Standing(contacts=frozenset({signature.email} - {""}))
    return Hand(name, born, standing, digest_of(signer, signature.application))


def _sign(signature, name, **more):
    signature.refresh_from_db()
    hand = _hand(signature, name, **more)
    return sign_application(signature=signature, hand=hand, acting_user="t")


def _send(application):
    return submit_application(application=application, submission=uuid4(), acting_user="t")


def test_it_is_sent_only_when_everybody_has_signed(application):
    first, second = _invite(application), _invite(application, "ni@example.jp")
    assert [one.to for one in mail.outbox] == [["ichi@example.jp"], ["ni@example.jp"]]
    with pytest.raises(ApplicationRefused, match="証人（あと2人）"):
        _send(application)
    _sign(first, "証人一")
    with pytest.raises(ApplicationRefused, match="証人（あと1人）"):
        _send(application)
    _sign(second, "証人二")
    assert ApplicationNotice.objects.get(application=application).turn == "signed"
    assert _send(application).number


def test_the_mail_tells_no_answer(application):
    _invite(application)
    body = mail.outbox[0].body
    assert "有屋花子" not in body and "/sign/" in body and "証人" in body


def test_nobody_signs_twice(application):
    first, second = _invite(application), _invite(application, "")
    _sign(first, "証人一")
    with pytest.raises(ApplicationRefused, match="二度署名できません"):
        _sign(second, "証人　一", standing=Standing(contacts=frozenset({"other@example.jp"})))
    same_mailbox = Standing(contacts=frozenset({"ichi@example.jp"}))
    with pytest.raises(ApplicationRefused, match="二度署名できません"):
        _sign(second, "別の名", born=date(1961, 1, 1), standing=same_mailbox)


def test_the_applicant_does_not_witness_themselves(application):
    signature = _invite(application)
    person = application.person
    with pytest.raises(ApplicationRefused, match="二度署名できません"):
        _sign(signature, "だれか", standing=Standing(person=person))
    with pytest.raises(ApplicationRefused, match="二度署名できません"):
        _sign(signature, f"{person.family_name}{person.given_name}", born=person.birth_date)
    own_mail = Standing(contacts=frozenset({"taro@example.jp"}))
    with pytest.raises(ApplicationRefused, match="二度署名できません"):
        _sign(signature, "だれか", standing=own_mail)


def test_a_changed_answer_voids_and_asks_again(application):
    signature = _invite(application)
    _sign(signature, "証人一")
    fill(application, ANSWERS | {"wife": "有屋春子"})
    signature.refresh_from_db()
    assert (signature.state, signature.who, signature.digest) == ("void", [], "")
    assert "使えなくなりました" in mail.outbox[-1].body
    _sign(signature, "証人一")
    assert signature_of(code_of(signature)).state == "signed"


def test_what_the_signer_does_not_see_may_change(application):
    signature = _invite(application)
    _sign(signature, "証人一")
    fill(application, ANSWERS | {"note": "あとから"})
    signature.refresh_from_db()
    assert signature.state == "signed"


def test_what_changed_while_reading_is_not_signed(application):
    signature = _invite(application)
    hand = _hand(signature, "証人一")
    fill(application, ANSWERS | {"husband": "別の人"})
    with pytest.raises(ApplicationRefused, match="書いたことが変わりました"):
        sign_application(signature=signature, hand=hand, acting_user="t")


def test_an_unknown_signer_is_asked_to_prove_themselves(application):
    signature = _invite(application, "")
    with pytest.raises(ApplicationRefused, match="本人の確かめ"):
        _sign(signature, "証人一")
    assert _sign(signature, "証人一", standing=Standing(contacts=frozenset({"a@example.jp"})))


def test_a_witness_by_login_is_a_resident(small_town, application):
    application.version = publish_marriage(signer="login")
    application.save()
    signature = _invite(application)
    signature.refresh_from_db()
    signer = signer_of(marriage(signer="login"), "witness")
    other = Person.objects.exclude(pk=application.person_id).filter(household__isnull=False)[0]
    for standing, may in ((Standing(), False), (Standing(person=other), True)):
        hand = Hand("x", FIRST, standing, digest_of(signer, signature.application))
        if may:
            assert sign_application(signature=signature, hand=hand, acting_user="t").identity
        else:
            with pytest.raises(ApplicationRefused):
                sign_application(signature=signature, hand=hand, acting_user="t")


def test_only_as_many_as_the_form_says(application):
    _invite(application)
    with pytest.raises(ApplicationRefused, match="もうお願いしています"):
        _invite(application)
    _invite(application, "ni@example.jp")
    with pytest.raises(ApplicationRefused, match="証人は2人です"):
        _invite(application, "san@example.jp")


def test_declining_makes_room_for_another(application):
    signature = _invite(application)
    decline_signature(signature=signature, words="知らない人です", acting_user="t")
    signature.refresh_from_db()
    assert (signature.state, signature.words) == ("declined", "知らない人です")
    assert ApplicationNotice.objects.get().turn == "declined"
    _invite(application, "ni@example.jp")
    _invite(application, "san@example.jp")


def test_a_signature_is_taken_back_until_it_is_sent(application):
    first, second = _invite(application), _invite(application, "ni@example.jp")
    _sign(first, "証人一")
    withdraw_signature(signature=first, acting_user="t")
    first.refresh_from_db()
    assert (first.state, first.who) == ("invited", [])
    _sign(first, "証人一")
    _sign(second, "証人二")
    _send(application)
    with pytest.raises(ApplicationRefused, match="もう役場に届いています"):
        withdraw_signature(signature=first, acting_user="t")


def test_links_end_with_a_new_round_with_time_and_with_taking_back(application):
    signature = _invite(application, "")
    old = code_of(signature)
    assert signature_of(old) == signature and signature_of(old + "x") is None
    renewed = renew_link(signature=signature, acting_user="t")
    assert signature_of(old) is None
    current = code_of(renewed)
    Signature.objects.update(invited_at=timezone.now() - timedelta(days=31))
    assert signature_of(current) is None
    Signature.objects.update(invited_at=timezone.now())
    take_back_signature(signature=renewed, acting_user="t")
    assert signature_of(current) is None


def test_a_mailed_link_is_never_handed_over(application):
    signature = _invite(application)
    with pytest.raises(ApplicationRefused, match="メールでお願いしています"):
        renew_link(signature=signature, acting_user="t")


def test_who_is_reminded_gets_a_link_that_opens(application):
    signature = _invite(application)
    Signature.objects.update(invited_at=timezone.now() - timedelta(days=31))
    assert signature_of(code_of(signature)) is None
    remind_signer(signature=signature, acting_user="t")
    assert signature_of(code_of(signature)) == signature


def test_reminders_are_few(small_town, application):
    signature = _invite(application)
    Signature.objects.update(invited_at=timezone.now() - timedelta(days=4))
    remind_signers(timestamp=0)
    remind_signers(timestamp=0)
    assert [one.subject for one in mail.outbox].count(mail.outbox[-1].subject) == 1
    assert "お待ち" in mail.outbox[-1].subject
    for _ in range(MOST_REMINDERS - 1):
        remind_signer(signature=signature, acting_user="t")
    with pytest.raises(ApplicationRefused, match="何度も"):
        remind_signer(signature=signature, acting_user="t")


def test_at_the_counter_others_sign_on_paper(small_town):
    starter = Starter(Mouth.COUNTER, Identity.DESK)
    made, _ = start_application(version=publish_marriage(), starter=starter, acting_user="t")
    fill(made, ANSWERS)
    case = _send(made)
    assert case.checks.get(key="signer:witness").label.startswith("署名: 証人")


def test_a_my_number_in_a_name_is_refused(application):
    with pytest.raises(ApplicationRefused, match="マイナンバー"):
        _invite(application, name="123456789018")
