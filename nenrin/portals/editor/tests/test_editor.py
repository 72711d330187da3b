import re

import pytest

from nenrin.core.audit.models import AuditEntry
from nenrin.core.organization.models import Section, StaffMember
from nenrin.engines.forms.models import DefinitionDraft
from nenrin.engines.forms.selectors import definition_of, newest_of
from nenrin.residents.procedures.tests.factories import RECORD, publish

HOME = "/staff/editor/snow-dump/"


@pytest.fixture
def desk(staff_client, small_town):
    answer = staff_client.post(
        "/staff/editor/new", {"title": "雪捨て場の利用", "slug": "snow-dump"}
    )
    assert answer.status_code == 302
    return staff_client


def draft():
    return DefinitionDraft.objects.get(slug="snow-dump")


def text(answer):
    return answer.content.decode()


def post(desk, path, **typed):
    typed.setdefault("revision", draft().revision)
    return desk.post(HOME + path, typed)


def add(desk, holder, label, kind):
    answer = post(desk, f"parts/{holder}/add", label=label, kind=kind)
    assert answer.status_code == 302, text(answer)
    return answer["Location"].rsplit("/", 1)[1]


QUESTION = {"label": "x", "required": "yes", "show_pick": "", "skip_pick": "", "required_pick": ""}


def office(desk, **more):
    values = {
        "owner": Section.objects.all()[0].name, "identity": "none", "ending": "online",
        "decides": "課長", "laws": "河川法 第1条",
    }  # fmt: skip
    return post(desk, "office", **values | more)


def test_every_page_of_a_fresh_draft_opens(desk):
    add(desk, "p-applicant", "台数", "number")
    for path in ("", "basics", "office", "notices", "stops", "stops/0", "fee", "fee/0", "preview",
                 "examples", "check", "parts/p-applicant", "parts/attachments",
                 "parts/p-applicant/number1", "parts/p-applicant/applicant"):  # fmt: skip
        answer = desk.get(HOME + path)
        assert answer.status_code == 200, path
    assert desk.get("/staff/editor/").status_code == 200
    assert desk.get("/staff/editor/new").status_code == 200
    assert desk.get("/staff/editor/import").status_code == 200


def test_a_conditional_question_and_a_fee_are_published(desk):
    name = add(desk, "p-applicant", "トラックで運びますか", "yes_no")
    size = add(desk, "p-applicant", "何トン車ですか", "number")
    chosen = QUESTION | {"label": "何トン車ですか", "show_pick": name, "unit": "トン", "least": "1"}
    chosen |= {"most": "10", "decimals": "0"}
    assert post(desk, f"parts/p-applicant/{size}", **chosen).status_code == 302
    page = text(desk.get(HOME))
    assert "「トラックで運びますか」が「はい」のときだけ出す" in page
    rule = {"name": "利用料", "amount": f"{size} * 100", "when_pick": name, "article": "町条例"}
    assert post(desk, "fee/0", **rule).status_code == 302
    refused = post(desk, "check")
    assert refused.status_code == 422 and "条件のない規則を置いてください" in text(refused)
    assert post(desk, "fee/1", name="無料", amount="0").status_code == 302
    assert office(desk).status_code == 302
    assert post(desk, "check").status_code == 302
    made = definition_of(newest_of("snow-dump"))
    assert made.fee.rules[0].amount == f"{size} * 100" and made.decides == "課長"
    assert not DefinitionDraft.objects.exists()
    actions = list(AuditEntry.objects.values_list("action", flat=True))
    assert "forms.publish" in actions and "forms.draft_change" in actions


def test_a_wrong_expression_is_told_in_words_and_nothing_typed_is_lost(desk):
    size = add(desk, "p-applicant", "台数", "number")
    chosen = QUESTION | {"label": "とても長い見出し", "show_pick": "=", "show_text": "nowhere > 3"}
    answer = post(desk, f"parts/p-applicant/{size}", **chosen)
    assert answer.status_code == 400
    page = text(answer)
    assert "「nowhere」という項目はありません" in page and "とても長い見出し" in page
    tried = post(desk, "try", field="f", f="age_at(1, today) >= 65", wanted="bool")
    assert "要りますが" in text(tried)
    assert "読み方: 「台数」が3より大きい" in text(
        post(desk, "try", field="f", f="number1 > 3", wanted="bool")
    )


def test_what_is_missing_is_told_in_plain_words(desk):
    for path in ("basics", "office", "fee/0", "stops/0", "parts/p-applicant/home"):
        page = text(post(desk, path, x=""))
        assert "フィールド" not in page, path
        assert "書いてください。" in page or "選んでください。" in page, path


def test_who_comes_second_is_told_and_overwrites_nothing(desk):
    old = draft().revision
    assert post(desk, "basics", title="先の人", minutes="5", revision=old).status_code == 302
    second = post(desk, "basics", title="後の人", minutes="5", revision=old)
    assert second.status_code == 400 and "変えました" in text(second)
    assert draft().content["title"] == "先の人" and "後の人" in text(second)
    shown = re.search(r'name="revision" value="(\d+)"', text(second)).group(1)
    assert int(shown) == draft().revision
    assert post(desk, "basics", title="後の人", minutes="5", revision=shown).status_code == 302
    assert draft().content["title"] == "後の人"
    moved = post(desk, "parts/p-applicant/move", name="home", act="up", revision=old)
    assert moved.status_code == 302
    assert next(one["name"] for one in draft().content["sections"][0]["fields"]) == "applicant"


def test_publishing_needs_the_role(desk):
    office(desk)
    StaffMember.objects.update(roles=[])
    answer = post(desk, "check")
    assert answer.status_code == 302 and DefinitionDraft.objects.exists()
    assert "「手続きを公開する」の役割の人がします" in text(desk.get(HOME + "check"))


def test_moving_and_removing(desk):
    first = add(desk, "p-applicant", "一", "yes_no")
    second = add(desk, "p-applicant", "二", "text")
    chosen = QUESTION | {"label": "二", "show_pick": first}
    post(desk, f"parts/p-applicant/{second}", **chosen)
    post(desk, "parts/p-applicant/move", name=second, act="up")
    names = [one["name"] for one in draft().content["sections"][0]["fields"]]
    assert names[-2:] == [second, first]
    assert "項目「二」: 「一」が「はい」" in text(desk.get(HOME + f"parts/p-applicant/{first}"))
    post(desk, "parts/p-applicant/move", name=first, act="remove")
    assert "という項目はありません" in text(desk.get(HOME))
    assert desk.get(HOME + f"parts/p-applicant/{first}").status_code == 302


def test_kinds_change_and_choices_keep_what_rules_know_them_by(desk):
    name = add(desk, "p-applicant", "どれ", "text")
    post(desk, f"parts/p-applicant/{name}", act="kind", kind="choice")
    chosen = QUESTION | {"label": "どれ", "choices": "あ\nい\nう"}
    assert post(desk, f"parts/p-applicant/{name}", **chosen).status_code == 302
    first = draft().content["sections"][0]["fields"][-1]["choices"]
    post(desk, f"parts/p-applicant/{name}", **chosen | {"choices": "う\nあ\nい改"})
    again = {
        one["label"]: one["value"]
        for one in draft().content["sections"][0]["fields"][-1]["choices"]
    }
    assert again["あ"] == first[0]["value"] and again["う"] == first[2]["value"]
    assert again["い改"] == first[1]["value"]
    post(desk, f"parts/p-applicant/{name}", act="kind", kind="group")
    inner = draft().content["sections"][0]["fields"][-1]["fields"][0]["name"]
    assert desk.get(HOME + f"parts/g-{name}/{inner}").status_code == 200
    assert desk.get(HOME + f"parts/g-{name}").status_code == 200
    assert desk.get(HOME + f"parts/p-applicant/{name}").status_code == 200


def test_a_published_procedure_is_changed_and_running_ones_keep_theirs(desk):
    publish()
    assert "直し始める" in text(desk.get(f"/staff/editor/{RECORD}/"))
    desk.post(f"/staff/editor/{RECORD}/start")
    page = text(desk.get(f"/staff/editor/{RECORD}/check"))
    assert "町民に見えるところは変わりません" in page and "例" in page


def test_a_procedure_that_is_closed_is_neither_listed_nor_found(desk):
    publish()
    desk.post(f"/staff/editor/{RECORD}/open", {"open": "0"})
    assert "いま受け付けを止めています" in text(desk.get(f"/staff/editor/{RECORD}/"))
    assert desk.get(f"/procedures/{RECORD}").status_code == 404
    assert f"/procedures/{RECORD}" not in text(desk.get("/search?q=住民票"))
    desk.post(f"/staff/editor/{RECORD}/open", {"open": "1"})
    assert f"/procedures/{RECORD}" in text(desk.get("/search?q=住民票"))
    StaffMember.objects.update(roles=[])
    assert desk.post(f"/staff/editor/{RECORD}/open", {"open": "0"}).status_code == 403


def test_the_list_tells_the_state_of_each_and_finds_by_words(desk):
    publish()
    page = text(desk.get("/staff/editor/"))
    assert "未公開" in page and "第1版" in page and "例が残る" in page
    assert "雪捨て場" not in text(desk.get("/staff/editor/?view=examples"))
    assert "住民票" not in text(desk.get("/staff/editor/?q=雪捨て"))
    assert "当てはまる手続きがありません" in text(desk.get("/staff/editor/?q=うちゅう"))


def test_a_rule_that_moved_meanwhile_is_not_written_over(desk):
    for place, name in enumerate(("一", "二")):
        assert post(desk, f"fee/{place}", name=name, amount="1").status_code == 302
    page = text(desk.get(HOME + "fee/1"))
    mark = re.search(r'name="mark" value="(\w+)"', page).group(1)
    post(desk, "fee", act="up", place="1")
    late = post(desk, "fee/1", name="二のつもり", amount="9", mark=mark)
    assert (
        late.status_code == 400
        and "開き直してください" in text(late)
        and "二のつもり" in text(late)
    )
    assert [rule["name"] for rule in draft().content["fee"]["rules"]] == ["二", "一"]
