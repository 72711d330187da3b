import pytest
from allauth.mfa.models import Authenticator

from nenrin.core.accounts.models import User
from nenrin.core.audit.models import AuditEntry
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role
from nenrin.core.organization.services.add_staff import Appointment, StaffRefused, add_staff
from nenrin.core.organization.services.change_staff import (
    change_staff,
    end_staff_sign_in,
    open_staff_sign_in,
)


@pytest.fixture
def section(town):
    return Section.objects.create(code="s1", name="総務課")


@pytest.fixture
def boss(section):
    return _add(section, "boss@kaneyama.invalid", Role.STAFF)


def _add(section, email, *roles, name="新人", post="主事"):
    appointment = Appointment(section, post, roles)
    return add_staff(name=name, email=email, appointment=appointment, acting_user="tester")


def test_a_member_is_added_without_a_password(boss):
    assert boss.user.is_staff_member or User.objects.get(pk=boss.user_id).is_staff_member
    assert not boss.user.has_usable_password() and boss.holds(Role.STAFF)
    assert "boss@" not in str(AuditEntry.objects.get(action="organization.add_staff").detail)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"email": "BOSS@kaneyama.invalid"}, "もういます"),
        ({"email": "no address"}, "形を"),
        ({"email": "a@b.invalid", "name": " "}, "名前"),
        ({"email": "a@b.invalid", "post": " "}, "職名"),
    ],
)
def test_what_is_missing_is_told(boss, section, changes, reason):
    with pytest.raises(StaffRefused, match=reason):
        _add(section, **changes)
    assert StaffMember.objects.count() == 1


def test_roles_that_do_not_exist_are_refused(section):
    with pytest.raises(StaffRefused, match="知らない役割"):
        _add(section, "a@b.invalid", "everything")


def test_a_resident_may_become_staff(section):
    resident = User.objects.create_user("haru@example.invalid", name="春")
    assert _add(section, "haru@example.invalid").user == resident
    assert User.objects.get(pk=resident.pk).is_staff_member


def test_someone_who_manages_staff_always_remains(boss, section):
    with pytest.raises(StaffRefused, match="いなくなります"):
        change_staff(member=boss, appointment=Appointment(section, "課長", []), acting_user="t")
    with pytest.raises(StaffRefused, match="いなくなります"):
        end_staff_sign_in(member=boss, acting_user="t")
    _add(section, "second@kaneyama.invalid", Role.STAFF)
    change_staff(member=boss, appointment=Appointment(section, "課長", []), acting_user="t")
    assert StaffMember.objects.get(pk=boss.pk).roles == []


def test_a_sign_in_is_ended_and_opened_again_without_its_keys(boss, section):
    member = _add(section, "x@kaneyama.invalid")
    Authenticator.objects.create(user=member.user, type="webauthn", data={})
    end_staff_sign_in(member=member, acting_user="t")
    assert not User.objects.get(pk=member.user_id).is_active
    assert not Authenticator.objects.exists()
    open_staff_sign_in(member=member, acting_user="t")
    assert User.objects.get(pk=member.user_id).is_active
