from nenrin.engines.forms.definition_file import read_definition
from nenrin.engines.forms.fields.contract import Outside
from nenrin.engines.forms.tests.forms_for_tests import OUTING, TODAY, answers, outing
from nenrin.engines.forms.versions.differences import differences
from nenrin.engines.forms.versions.recheck import recheck

OLD = outing()
NEW = read_definition(
    OUTING.replace("most: 120", "most: 99")
    .replace("label: 帰る日", "label: 帰宅の日")
    .replace(
        "      - {kind: yes_no, name: comes",
        "      - {kind: telephone, name: phone, label: 電話}\n      - {kind: yes_no, name: comes",
    )
    .replace(
        "name: allergy\n            label: アレルギー",
        "name: food\n            label: 食べられないもの",
    )
    .replace("amount: 0}", "amount: 100}")
)


def test_the_same_form_has_no_differences():
    assert differences(OLD, outing()) == ()


def test_every_change_is_a_sentence():
    words = "\n".join(differences(OLD, NEW))
    assert "項目「帰宅の日」の見出しが変わりました（帰る日 → 帰宅の日）。" in words
    assert "項目「電話」が増えました（必須）。" in words
    assert "「一緒に行く人」の中の項目「年」の上限が変わりました（120 → 99）。" in words
    assert "「一緒に行く人」の中の項目「アレルギー」がなくなりました。" in words
    assert "手数料「見学」の額が変わりました（0 → 100）。" in words


def test_a_draft_keeps_what_holds_and_is_told_the_rest():
    guests = [{"called": "ア", "age": 110, "allergy": "そば"}]
    found = recheck(OLD, NEW, answers(guests=guests), Outside(TODAY))
    assert "guests.0.age" in found.refused
    assert found.answers["starts"] == "2026-12-01"
    assert "phone" in {one.path for one in found.evaluation.problems}


def test_what_is_no_longer_asked_is_shown_by_its_label():
    less = OLD.model_copy(update={"sections": OLD.sections[:2]})
    found = recheck(OLD, less, answers(), Outside(TODAY))
    assert found.dropped["行く日"].startswith("令和8年12月1日")
