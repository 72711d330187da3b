from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import RequestFactory

from nenrin.engines.forms.definition_file import read_definition
from nenrin.engines.forms.fields.contract import Choice, Outside, Refused
from nenrin.engines.forms.fields.kinds import kinds
from nenrin.engines.forms.pages.section import Mount, answer_section
from nenrin.engines.forms.tests.forms_for_tests import TODAY, answers, outing

MY_NUMBER = "123456789018"


class Page(HTMLParser):
    """What a reader without script finds: boxes by name, ids, links, texts."""

    def __init__(self, html):
        super().__init__()
        self.boxes, self.ids, self.links, self.labels = {}, [], [], set()
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if "id" in found:
            self.ids.append(found["id"])
        if tag in ("input", "select", "textarea"):
            self.boxes.setdefault(found["name"], []).append(found)
        if tag == "a":
            self.links.append(found.get("href"))
        if tag == "label" and "for" in found:
            self.labels.add(found["for"])


class Desk:
    """A module that owns the answers, as small as can be."""

    def __init__(self, definition, **stored):
        self.definition, self.stored, self.kept = definition, stored, []

    def mount(self, **prefilled):
        return Mount(
            definition=self.definition,
            answers=self.stored,
            outside=Outside(TODAY, {"areas": [Choice(value="k", label="大字金山")]}),
            save=self._save,
            keep_file=self._keep,
            section_url=lambda name: f"/f/{name}/",
            finish_url="/f/done/",
            leave_url="/f/",
            prefilled=prefilled,
            base_template="ui/base.html",
        )

    def _save(self, stored):
        self.stored = stored

    def _keep(self, question, upload):
        if upload.name.endswith(".exe"):
            raise Refused("この種類のファイルは受け取れません。")
        self.kept.append(upload.name)
        return {"id": str(len(self.kept)), "name": upload.name, "type": "image/jpeg", "bytes": 9}

    def get(self, name, **prefilled):
        return self._answer(RequestFactory().get(f"/f/{name}/"), name, prefilled)

    def post(self, name, data, asked=None, htmx=False):
        shown = [question.name for section in self.definition.pages if section.name == name
                 for question in section.fields]  # fmt: skip
        data = {"_asked": shown if asked is None else asked} | data
        headers = {"HX-Request": "true"} if htmx else {}
        return self._answer(RequestFactory().post(f"/f/{name}/", data, headers=headers), name, {})

    def _answer(self, request, name, prefilled):
        request.user = AnonymousUser()
        request.session = {}
        return answer_section(request, self.mount(**prefilled), name)


LEADER = {
    "leader.family": "見本", "leader.given": "太郎", "leader.family_kana": "みほん",
    "leader.given_kana": "ﾀﾛｳ", "birth.era": "S", "birth.year": "55", "birth.month": "2",
    "birth.day": "29", "comes": "yes",
}  # fmt: skip


@pytest.fixture
def desk(db):
    return Desk(outing())


def text(response):
    return response.content.decode()


def test_a_good_page_is_saved_and_leads_to_the_next_visible_one(desk):
    response = desk.post("leader", LEADER)
    assert (response.status_code, response["Location"]) == (302, "/f/party/")
    assert desk.stored["birth"] == "1980-02-29"
    assert desk.stored["leader"]["given_kana"] == "タロウ"


def test_what_is_wrong_stands_on_top_and_at_its_box_and_nothing_typed_is_lost(desk):
    response = desk.post("leader", LEADER | {"birth.month": "13", "leader.given": ""})
    page = Page(text(response))
    assert response.status_code == 422
    assert {"#f-birth", "#f-leader-given"} <= set(page.links)
    assert {link[1:] for link in page.links if link.startswith("#f-")} <= set(page.ids)
    assert page.boxes["birth.month"][0]["value"] == "13"
    assert page.boxes["leader.family_kana"][0]["value"] == "みほん"
    assert page.boxes["leader.given"][0]["aria-invalid"] == "true"
    assert desk.stored["comes"] is True
    assert "birth" not in desk.stored


def test_an_empty_page_names_every_required_question(desk):
    assert text(desk.post("leader", {})).count("<li><a href=") == 3


def test_a_my_number_is_refused_covered_and_never_saved(db):
    desk = Desk(read_definition(
        "{slug: f, title: 題, sections: [{name: s, title: 頁, fields: ["
        "{kind: text, name: t, label: 文, lines: 3}]}]}"
    ))  # fmt: skip
    response = desk.post("s", {"t": f"わたしの番号は{MY_NUMBER}です"})
    assert response.status_code == 422 and "マイナンバー" in text(response)
    assert MY_NUMBER not in text(response) and "わたしの番号は●" in text(response)
    assert desk.stored == {}


def test_a_look_shows_what_follows_without_scolding(desk):
    response = desk.post("leader", {"comes": "yes", "_look": "1"}, htmx=True)
    assert response.status_code == 200
    assert "<html" not in text(response) and "field-error" not in text(response)
    assert desk.stored == {"comes": True}


GUEST = {"guests._count": "1", "guests.0.called": "ア", "guests.0.age": "4"}


def test_items_are_added_and_taken_away_without_script(desk):
    desk.stored = answers(guests=None)
    page = Page(text(desk.post("party", GUEST | {"_add": "guests"})))
    assert page.boxes["guests._count"][0]["value"] == "2"
    assert "guests.0.guardian" in page.boxes, "the rule of the item itself"
    assert "guests.1.guardian" not in page.boxes
    page = Page(text(desk.post("party", GUEST | {"_remove": "guests.0"})))
    assert page.boxes["guests._count"][0]["value"] == "0"
    assert "guests" not in desk.stored


def test_the_good_answers_of_an_item_are_kept_though_one_is_wrong(desk):
    desk.stored = answers(guests=None)
    response = desk.post("party", GUEST | {"guests.0.age": "よん"})
    assert response.status_code == 422
    assert "#f-guests-0-age" in Page(text(response)).links
    assert "一緒に行く人1 の年" in text(response)
    assert desk.stored["guests"] == [{"called": "ア"}]


def test_going_back_and_leaving_keep_what_is_good(desk):
    desk.stored = answers()
    assert desk.post("stay", {"_back": "1", "starts": ""}, asked=[])["Location"] == "/f/party/"
    assert (
        desk.post("leader", {"comes": "yes", "_later": "1"}, asked=["comes"])["Location"] == "/f/"
    )
    assert desk.stored == answers()


def test_a_question_that_was_not_shown_is_not_taken_for_emptied(desk):
    desk.stored = answers()
    desk.post("leader", {"comes": "no"}, asked=["comes"])
    assert desk.stored == answers(comes=False)


def test_a_page_that_is_not_part_of_the_form_now_is_not_there(desk):
    desk.stored = answers(comes=False)
    for name in ("party", "nowhere"):
        with pytest.raises(Http404):
            desk.get(name)


def test_what_the_town_knows_is_offered_as_such_and_may_be_corrected(desk):
    html = text(desk.get("leader", birth="1955-01-02"))
    page = Page(html)
    assert "前の記録から入れました" in html
    assert page.boxes["birth.year"][0]["value"] == "30"
    assert desk.stored == {}


def test_files_are_kept_at_once_and_can_be_taken_back(desk):
    desk.stored = answers(guests=[{"called": "ア", "age": 3, "guardian": "イ", "allergy": "なし"}])
    photo = SimpleUploadedFile("承諾書.jpg", b"123456789", content_type="image/jpeg")
    bad = SimpleUploadedFile("a.exe", b"MZ")
    response = desk.post("attachments", {"permit.new": [photo, bad]})
    assert response.status_code == 422 and "受け取れません" in text(response)
    assert [one["name"] for one in desk.stored["permit"]] == ["承諾書.jpg"]
    assert desk.post("attachments", {"permit": ["1"]})["Location"] == "/f/done/"
    assert desk.post("attachments", {"permit": []})["Location"] == "/f/done/", "it may follow"
    assert "permit" not in desk.stored


EVERY_KIND = """
slug: every
title: 全部
sections:
  - name: s
    title: 頁
    fields:
      - {kind: choice, name: choice, label: 選ぶ, choices: [{value: a, label: ア}]}
      - {kind: several, name: several, label: いくつか, choices: [{value: a, label: ア}]}
      - {kind: signature, name: signature, label: 署名, statement: まちがいありません。}
      - {kind: time_slot, name: time_slot, label: 日時, slots_from: areas}
      - {kind: group, name: group, label: 組, fields: [{kind: text, name: inner, label: 内}]}
      - {kind: address, name: address, label: 住所, elsewhere: true}
"""


def test_every_kind_has_a_partial_whose_boxes_all_have_a_name_and_a_label(db):
    rest = [kind.key for kind in kinds if kind.key not in EVERY_KIND]
    lines = "".join(
        f"      - {{kind: {key}, name: q_{key}, label: 問い, help: 説明}}\n" for key in rest
    )
    desk = Desk(read_definition(EVERY_KIND + lines))
    html = text(desk.get("s"))
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    for name, boxes in page.boxes.items():
        for box in boxes:
            hidden = box.get("type") in ("hidden", "radio", "checkbox")
            assert hidden or box.get("id") in page.labels, name
    assert "style=" not in html and "onclick" not in html


def test_only_boxes_about_the_reader_are_filled_in_by_the_browser(db):
    desk = Desk(read_definition(
        "{slug: f, title: 題, sections: [{name: s, title: 頁, fields: ["
        "{kind: telephone, name: mine, label: 電話, prefill: person.telephone},"
        "{kind: telephone, name: theirs, label: 相手の電話}]}]}"
    ))  # fmt: skip
    boxes = Page(text(desk.get("s"))).boxes
    assert boxes["mine"][0]["autocomplete"] == "tel"
    assert "autocomplete" not in boxes["theirs"][0]
