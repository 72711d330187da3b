import pytest
from django.core import mail
from django.test import Client

from nenrin.core.accounts.models import User
from nenrin.core.audit.models import AuditEntry
from nenrin.core.messaging.models import Endpoint, Rung
from nenrin.core.messaging.services.set_up_river import set_up_river
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role
from nenrin.core.people.models import Consent, Invitation
from nenrin.core.people.services.request_correction import request_correction
from nenrin.core.people.tests.homes import make_home
from nenrin.portals.account.tests.clients import resident_client, staff_client
from nenrin.residents.alerts.models import AlertRule
from nenrin.residents.alerts.services.set_up_alerts import set_up_alerts

PAGES = {
    "/staff/households/": Role.DESK,
    "/staff/corrections/": Role.DESK,
    "/staff/ladders/": Role.SETTINGS,
    "/staff/ladders/3/": Role.SETTINGS,
    "/staff/rules/": Role.SETTINGS,
    "/staff/members/": Role.STAFF,
    "/staff/members/new": Role.STAFF,
    "/staff/audit/": Role.AUDIT,
}


@pytest.fixture
def taro(town):
    set_up_river(options={"tablet": {}})
    set_up_alerts()
    return make_home()[0]


@pytest.fixture
def desk(taro):
    return staff_client(Role.DESK)


@pytest.mark.parametrize(("page", "role"), PAGES.items())
def test_a_page_opens_for_its_role_alone(taro, page, role):
    others = [one for one in Role if one != role]
    assert staff_client(role).get(page).status_code == 200
    assert staff_client(*others, email="other@kaneyama.invalid").get(page).status_code == 403
    assert resident_client(taro).get(page).status_code == 403
    assert Client().get(page).status_code == 302


def test_the_menu_shows_what_the_role_may_do(desk):
    page = desk.get("/staff/").content.decode()
    assert "世帯をさがす" in page and "最近の記録" not in page


def test_a_household_is_found_by_kana_and_looking_is_written_down(desk, taro):
    found = desk.get("/staff/households/", {"words": "たかはし"}).content.decode()
    assert f"/staff/households/{taro.household_id}/" in found and "1 世帯" in found
    page = desk.get(f"/staff/households/{taro.household_id}/").content.decode()
    assert "髙橋 花" in page and "タブレットを登録" in page
    assert AuditEntry.objects.get(action="people.look_up").subject.startswith("household:")
    assert "見つかりません" in desk.get("/staff/households/", {"words": "鈴木"}).content.decode()


def test_a_sign_in_is_prepared_by_mail(desk, taro):
    desk.post(f"/staff/people/{taro.pk}/invite", {"email": "taro@example.invalid"})
    sent = mail.outbox[0]
    assert sent.to == ["taro@example.invalid"] and "/join/" in sent.body
    assert "太郎" not in sent.body
    again = desk.get(f"/staff/households/{taro.household_id}/").content.decode()
    assert "案内を出しました" in again


def test_a_sign_in_is_prepared_on_paper(desk, taro):
    page = desk.post(f"/staff/people/{taro.pk}/invite", {"email": ""})
    assert "<svg" in page.content.decode() and page.headers["Cache-Control"] == "no-store"
    assert Invitation.objects.get().email == ""


def test_a_wrong_address_is_told(desk, taro):
    url = f"/staff/people/{taro.pk}/invite"
    assert "形を" in desk.post(url, {"email": "taro"}, follow=True).content.decode()
    assert not Invitation.objects.exists()


def test_staff_end_a_residents_sessions_and_take_the_sign_in_away(desk, taro):
    resident = resident_client(taro)
    desk.post(f"/staff/people/{taro.pk}/end-sessions")
    assert resident.get("/my/").status_code == 302
    desk.post(f"/staff/people/{taro.pk}/remove-sign-in")
    taro.refresh_from_db()
    assert taro.user is None and not User.objects.get(email="taro@example.invalid").is_active


def test_a_consent_is_given_at_the_counter(desk, taro):
    url = f"/staff/people/{taro.pk}/consent"
    desk.post(url, {"purpose": "share_safety", "agrees": "1"})
    assert Consent.objects.get().given_by == "窓口"
    assert desk.post(url, {"purpose": "anything", "agrees": "1"}).status_code == 404


def test_a_tablet_that_came_back_is_given_up(desk, taro):
    tablet = Endpoint.objects.create(household=taro.household, kind="tablet", address="t")
    desk.post(f"/staff/endpoints/{tablet.pk}/retire")
    tablet.refresh_from_db()
    assert tablet.retired_at and tablet.retired_reason == "窓口"


def test_a_correction_is_answered(desk, taro):
    asked = request_correction(person=taro, words="番地", acting_user="user:1")
    refused = desk.post(
        f"/staff/corrections/{asked.pk}/settle", {"outcome": "declined", "answer": " "}
    )
    assert refused.status_code == 400 and "わけ" in refused.content.decode()
    desk.post(f"/staff/corrections/{asked.pk}/settle", {"outcome": "done", "answer": "直しました"})
    asked.refresh_from_db()
    assert (asked.outcome, asked.answer) == ("done", "直しました")


def _new_member(**changes):
    section = Section.objects.get(code="t1")
    facts = {"name": "新人", "email": "new@kaneyama.invalid", "section": section.pk, "post": "主事"}
    return facts | {"roles": [Role.DESK]} | changes


def test_a_staff_member_is_added_and_chooses_a_password(taro):
    boss = staff_client(Role.STAFF)
    boss.post("/staff/members/new", _new_member())
    added = StaffMember.objects.get(user__email="new@kaneyama.invalid")
    assert added.roles == [Role.DESK]
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


def test_what_was_typed_stays_when_a_member_is_refused(taro):
    boss = staff_client(Role.STAFF)
    answer = boss.post("/staff/members/new", _new_member(email="staff@kaneyama.invalid"))
    page = answer.content.decode()
    assert answer.status_code == 400 and "もういます" in page and "新人" in page


def test_the_last_who_manages_staff_cannot_go(taro):
    boss = staff_client(Role.STAFF)
    member = StaffMember.objects.get()
    page = boss.post(f"/staff/members/{member.pk}/close", follow=True).content.decode()
    assert "いなくなります" in page and User.objects.get().is_active


def test_a_member_is_stopped_and_let_back_in(taro):
    boss, other = staff_client(Role.STAFF), staff_client(email="other@kaneyama.invalid")
    member = StaffMember.objects.get(user__email="other@kaneyama.invalid")
    boss.post(f"/staff/members/{member.pk}/close")
    assert other.get("/staff/").status_code == 302
    boss.post(f"/staff/members/{member.pk}/open")
    assert User.objects.get(pk=member.user_id).is_active and len(mail.outbox) == 1


def _ladder(*steps):
    data = {"form-TOTAL_FORMS": "6", "form-INITIAL_FORMS": "0"}
    for at, (minutes, kinds) in enumerate(steps):
        data |= {f"form-{at}-minutes": minutes, f"form-{at}-kinds": kinds}
    return data


def test_a_ladder_is_changed_on_the_page(taro):
    boss = staff_client(Role.SETTINGS)
    boss.post("/staff/ladders/3/", _ladder(("0", ["webpush"]), ("10", ["sms", "voice"])))
    rungs = Rung.objects.filter(ladder__severity=3).values_list("wait_seconds", "kinds")
    assert list(rungs) == [(0, ["webpush"]), (600, ["sms", "voice"])]


def test_a_ladder_that_is_refused_keeps_what_was_chosen(taro):
    boss = staff_client(Role.SETTINGS)
    answer = boss.post("/staff/ladders/4/", _ladder(("0", ["webpush"]), ("7", ["sms"])))
    page = answer.content.decode()
    assert answer.status_code == 400 and "訪問の段" in page and 'value="7"' in page


def test_a_rule_is_changed_on_the_page_and_the_others_stay(taro):
    boss = staff_client(Role.SETTINGS)
    rule = AlertRule.objects.get(hazard="snow", min_strength=1)
    before = AlertRule.objects.exclude(pk=rule.pk).order_by("pk").values_list("action", "severity")
    kept = list(before)
    boss.post("/staff/rules/", {f"action-{rule.pk}": "draft", f"severity-{rule.pk}": "2"})
    rule.refresh_from_db()
    assert (rule.action, rule.severity, list(before)) == ("draft", 2, kept)


def test_a_rule_that_leaves_people_out_is_refused_as_typed(taro):
    boss = staff_client(Role.SETTINGS)
    rule = AlertRule.objects.get(hazard="rain", min_strength=4)
    answer = boss.post("/staff/rules/", {f"action-{rule.pk}": "ignore", f"severity-{rule.pk}": "x"})
    assert answer.status_code == 400
    rule.refresh_from_db()
    assert rule.action == "send"


def test_the_trail_is_shown_in_words_and_narrowed(taro):
    auditor = staff_client(Role.AUDIT, Role.DESK)
    auditor.post(f"/staff/people/{taro.pk}/consent", {"purpose": "messages", "agrees": "1"})
    page = auditor.get("/staff/audit/", {"subject": f"person:{taro.pk}"}).content.decode()
    assert "同意を受けた" in page and "staff@kaneyama.invalid" in page
    assert "記録はありません" in auditor.get("/staff/audit/", {"subject": "x"}).content.decode()
