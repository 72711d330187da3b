import io

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from nenrin.core.accounts.models import User
from nenrin.core.areas.models import District
from nenrin.core.areas.services.load_places import load_places
from nenrin.core.audit.models import AuditEntry
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.people.models import Household, Person
from nenrin.core.tenancy.scope import town_scope
from nenrin.core.tenancy.services.create_town import create_town
from nenrin.demo.services.load_staff import ROLES
from nenrin.engines.casework.models import Case
from nenrin.engines.forms.models import DefinitionDraft
from nenrin.engines.forms.selectors import definition_of, newest_of
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.tests.factories import fill, publish

SLUG = "dog-registration"
HOME = f"/staff/editor/{SLUG}/"
FILES = ("vaccine", "chip_proof")


@pytest.fixture
def given(staff_client, small_town):
    """The file as 金山町 gives it, with a test in it."""
    publish(SLUG)
    staff_client.post(f"{HOME}start")
    begin = {"answers": "samples", "width": "phone", "day": "2026-11-26"}
    staff_client.post(f"{HOME}preview", begin)
    for path, typed in (("examples", {"act": "keep", "name": "見本の人"}), ("check", {})):
        revision = DefinitionDraft.objects.get().revision
        assert staff_client.post(HOME + path, {"revision": revision} | typed).status_code == 302
    answer = staff_client.get(f"{HOME}file")
    assert "attachment" in answer["Content-Disposition"]
    assert AuditEntry.objects.filter(action="procedures.export").count() == 1
    return answer.content


def text(answer):
    return answer.content.decode()


def look(desk, content):
    return desk.post("/staff/editor/import", {"file": io.BytesIO(content)})


def test_the_file_says_where_it_comes_from_and_holds_everything(given):
    assert given.decode().startswith("# 年輪の手続きファイル\n# 町: 金山町\n# 版: 第2版")
    for held in ("examples:", "notices:", "見本の人"):
        assert held in given.decode()


def test_bad_files_are_refused_with_place_and_reason(staff_client, given):
    cases = {
        b"": "中身が空です",
        b"\xff\xfe\x00x": "文字が読めません",
        b"title: [": "1行目",
        given.replace("見本の人".encode(), b'""'): "が空です",
        given.replace(b"show: chip", b"show: chpi"): "「chip」のことですか",
        given.replace(b"kind: yes_no, name: brought", b"kind: yesno, name: brought"): "yesno",
        given.replace(b"fee: 3000", b"fee: 9"): "のはずですが",
    }
    for content, words in cases.items():
        answer = look(staff_client, content)
        assert answer.status_code in (400, 422) and words in text(answer), words
    assert not DefinitionDraft.objects.exists()


def test_one_own_desk_and_fee_stay_when_a_town_takes_its_neighbours(staff_client, given):
    theirs = given.replace("owner: 町民課".encode(), "owner: 隣の課".encode())
    theirs = theirs.replace(b"tags * 3000", b"tags * 9000")
    theirs = theirs.replace(b"fee: 3000", b"fee: 9000")
    page = look(staff_client, theirs)
    assert page.status_code == 200, text(page)
    assert "この町にも同じ短い名前" in text(page)
    taken = staff_client.post("/staff/editor/import", {"text": theirs.decode(), "act": "take"})
    assert taken.status_code == 302
    draft = DefinitionDraft.objects.get()
    assert draft.content["owner"] == "町民課" and draft.came_from == "金山町"
    assert draft.content["fee"]["rules"][-1]["amount"] == "tags * 3000"
    again = staff_client.post("/staff/editor/import", {"text": theirs.decode(), "act": "take"})
    assert again.status_code == 422 and "書きかけがあります" in text(again)


@pytest.fixture
def mogami(given):
    """最上町 in the same database: a desk, a household whose head signs in."""
    town = create_town(code="063622")
    with town_scope(town.code):
        load_places()
        desk = Section.objects.create(code="jumin", name="住民税務課")
        clerk = User.objects.create_user("clerk@mogami.invalid", name="最上 職員", kind="staff")
        StaffMember.objects.create(user=clerk, section=desk, post="係長", roles=ROLES)
        TOTP.activate(clerk, "A" * 32)
        resident = User.objects.create_user("yuki@mogami.invalid", name="最上 雪")
        home = Household.objects.create(number="M-1", address="大字向町1", district=_district())
        Person.objects.create(
            number="M-1-1", family_name="最上", given_name="雪", household=home, user=resident
        )
        yield {"staff": _client(clerk), "resident": _client(resident)}


def _district():
    return District.objects.get_or_create(code="m1", defaults={"name": "向町"})[0]


def _client(user):
    client = Client(HTTP_HOST="mogami.localhost")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _publish_there(staff):
    """Everything 最上町 has to look at before it goes out."""

    def post(path, **typed):
        revision = DefinitionDraft.objects.get().revision
        return staff.post(HOME + path, {"revision": revision} | typed)

    refused = post("check")
    assert refused.status_code == 422 and "この町の係を選んでください" in text(refused)
    values = {"owner": "住民税務課", "identity": "login", "ending": "pickup", "decides": "町長"}
    assert post("office", **values, laws="狂犬病予防法 第4条").status_code == 302
    for key in DefinitionDraft.objects.get().to_check:
        post("checked", key=key)
    return post("check")


def test_the_neighbour_takes_it_and_a_resident_there_applies(given, mogami):
    taken = mogami["staff"].post("/staff/editor/import", {"text": given.decode(), "act": "take"})
    assert taken.status_code == 302
    assert "owner" not in DefinitionDraft.objects.get().content
    assert _publish_there(mogami["staff"]).status_code == 302
    made = definition_of(newest_of(SLUG))
    assert (made.owner, made.decides, len(made.examples)) == ("住民税務課", "町長", 1)
    assert all(rule.is_example for rule in made.fee.rules if rule.amount)
    mogami["resident"].post(f"/procedures/{SLUG}/start")
    application = Application.objects.get()
    answers = {name: held for name, held in made.examples[0].answers.items() if name not in FILES}
    fill(application, answers)
    review = f"/procedures/applications/{application.pk}/review"
    sent = mogami["resident"].post(review, {"truth": "1", "consent": "1"})
    assert sent.status_code == 302, text(sent)
    case = Case.objects.get()
    assert case.section.name == "住民税務課"
    page = text(mogami["staff"].get(f"/staff/cases/{case.pk}/"))
    assert case.number in page and "犬の登録" in page
