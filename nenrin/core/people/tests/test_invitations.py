from datetime import date, timedelta

import pytest
from django.utils import timezone

from nenrin.core.accounts.models import User
from nenrin.core.audit.models import AuditEntry
from nenrin.core.people.models import Invitation, Person, Relation
from nenrin.core.people.services.accept_invitation import (
    Claim,
    SignInFirst,
    accept_invitation,
    find_invitation,
    prove_claim,
)
from nenrin.core.people.services.close_invitation import close_invitation
from nenrin.core.people.services.issue_invitation import InvitationRefused, issue_invitation
from nenrin.core.people.services.remove_sign_in import remove_sign_in
from nenrin.core.people.tests.homes import make_home

MAIL = "taro@example.invalid"
BORN = Claim(birth_date=date(1950, 1, 2))
SIGN_IN, WATCH = Invitation.Kind.SIGN_IN, Invitation.Kind.WATCH


@pytest.fixture
def taro(town):
    return make_home()[0]


def _invite(person, kind=SIGN_IN, email=MAIL):
    return issue_invitation(person=person, kind=kind, email=email, acting_user="tester")[1]


def _accept(code, claim=BORN, signed_in=None):
    invitation = find_invitation(code)
    prove_claim(invitation=invitation, claim=claim)
    return accept_invitation(invitation=invitation, claim=claim, signed_in=signed_in)


def test_a_mailed_code_and_the_birth_date_link_a_sign_in(taro):
    user = _accept(_invite(taro))
    taro.refresh_from_db()
    assert (taro.user, user.email, user.kind) == (user, MAIL, User.Kind.RESIDENT)
    assert user.emailaddress_set.get().verified and not user.has_usable_password()


def test_a_code_opens_once(taro):
    code = _invite(taro)
    _accept(code)
    with pytest.raises(InvitationRefused, match="使えません"):
        find_invitation(code)


def test_only_the_hash_is_kept_and_the_trail_has_no_address(taro):
    code = _invite(taro)
    assert code not in str(Invitation.objects.values())
    assert MAIL not in str(list(AuditEntry.objects.values()))


def test_five_wrong_birth_dates_close_it(taro):
    code = _invite(taro)
    for _ in range(5):
        with pytest.raises(InvitationRefused, match="生年月日"):
            prove_claim(invitation=find_invitation(code), claim=Claim(date(2000, 1, 1)))
    with pytest.raises(InvitationRefused, match="使えません"):
        find_invitation(code)


def test_an_old_withdrawn_or_made_up_code_opens_nothing(taro):
    old, withdrawn = _invite(taro), _invite(taro)
    close_invitation(invitation=find_invitation(withdrawn), acting_user="tester")
    past = timezone.now() - timedelta(minutes=1)
    Invitation.objects.filter(pk=find_invitation(old).pk).update(expires_at=past)
    for code in (old, withdrawn, "made-up"):
        with pytest.raises(InvitationRefused):
            find_invitation(code)


def test_a_printed_code_alone_links_nothing(taro):
    code = _invite(taro, email="")
    with pytest.raises(InvitationRefused):
        _accept(code)
    assert not User.objects.exists()


def test_an_address_in_use_asks_to_sign_in_first(taro):
    staff = User.objects.create_user(MAIL, name="職員", kind=User.Kind.STAFF)
    code = _invite(taro)
    with pytest.raises(SignInFirst):
        _accept(code)
    assert _accept(code, signed_in=staff) == staff
    assert Person.objects.get(user=staff) == taro


def test_an_ended_staff_sign_in_does_not_come_back_by_a_residents_door(taro):
    User.objects.create_user(MAIL, name="職員", kind=User.Kind.STAFF, is_active=False)
    with pytest.raises(InvitationRefused, match="職員のアドレス"):
        _accept(_invite(taro))
    assert not User.objects.get().is_active


def test_a_sign_in_belongs_to_one_person(taro):
    user = _accept(_invite(taro))
    wife = Person.objects.get(given_name="花")
    code = _invite(wife, email="hana@example.invalid")
    with pytest.raises(InvitationRefused, match="ほかのかた"):
        _accept(code, Claim(date(1952, 3, 4)), signed_in=user)


def test_whoever_has_left_or_signs_in_is_not_invited(taro):
    _accept(_invite(taro))
    taro.refresh_from_db()
    with pytest.raises(InvitationRefused, match="もうサインイン"):
        _invite(taro)
    wife = Person.objects.get(given_name="花")
    wife.left_on = timezone.localdate()
    wife.save()
    with pytest.raises(InvitationRefused, match="転出"):
        _invite(wife)


def test_a_sign_in_taken_away_can_be_given_again(taro):
    user = _accept(_invite(taro))
    remove_sign_in(person=Person.objects.get(pk=taro.pk), acting_user="tester")
    user.refresh_from_db()
    assert not user.is_active and Person.objects.get(pk=taro.pk).user is None
    assert _accept(_invite(taro)) == user


def test_family_elsewhere_gets_a_sign_in_and_a_tie(taro):
    name = Claim(family_name="髙橋", given_name="一郎")
    child = _accept(_invite(taro, WATCH, "ichiro@example.invalid"), name)
    tie = Relation.objects.get(kind=Relation.Kind.WATCHES_OVER)
    assert (tie.receiver, tie.giver.user, tie.giver.household) == (taro, child, None)


def test_watching_over_needs_a_name_and_someone_else(taro):
    user = _accept(_invite(taro))
    code = _invite(taro, WATCH, "x@example.invalid")
    with pytest.raises(InvitationRefused, match="お名前"):
        _accept(code, Claim())
    with pytest.raises(InvitationRefused, match="自分"):
        _accept(code, Claim(family_name="髙橋", given_name="太郎"), signed_in=user)


def test_only_so_many_invitations_wait(taro):
    for at in range(5):
        _invite(taro, WATCH, f"{at}@example.invalid")
    with pytest.raises(InvitationRefused, match="多すぎ"):
        _invite(taro, WATCH, "6@example.invalid")
