from datetime import date

import pytest

from nenrin.engines.forms.definition import FeeRule, LegalBasis
from nenrin.engines.forms.drafting.adoption import adopt
from nenrin.engines.forms.drafting.town_file import read_town_file, write_town_file
from nenrin.engines.forms.faults import DefinitionRefused
from nenrin.engines.forms.simulation.examples import record_example, run_examples
from nenrin.engines.forms.tests.forms_for_tests import TODAY, answers, outing

LAWS = (LegalBasis(name="町遠足条例"), LegalBasis(name="都市公園法 第5条"))


def theirs():
    return outing().model_copy(
        update={"owner": "隣の課", "decides": "隣の課長", "legal_basis": LAWS, "working_days": 9}
    )


def test_a_town_without_it_gets_examples_and_no_desk():
    found = adopt(theirs(), None)
    assert "owner" not in found.content and "decides" not in found.content
    assert [bool(law.get("is_example")) for law in found.content["legal_basis"]] == [True, False]
    assert [bool(r.get("is_example")) for r in found.content["fee"]["rules"]] == [False, True, True]
    assert set(found.to_check) == {"owner", "decides", "fee", "legal_basis"}


def test_a_town_that_has_it_keeps_its_own_desk_days_and_fee():
    rule = FeeRule(name="町の額", amount=10, article="町条例")
    fee = outing().fee.model_copy(update={"rules": (rule,)})
    own = outing().model_copy(update={"owner": "町の課", "working_days": 3, "fee": fee})
    found = adopt(theirs(), own).content
    assert (found["owner"], found["working_days"]) == ("町の課", 3)
    assert found["fee"]["rules"] == [{"name": "町の額", "amount": 10, "article": "町条例"}]
    free = adopt(theirs().model_copy(update={"fee": None}), own)
    assert free.content["fee"] == found["fee"] and "fee" in free.to_check


def test_a_file_comes_back_as_it_went_with_its_tests():
    example = record_example(outing(), "ふつうの家族", answers(), TODAY)
    made = outing().model_copy(update={"examples": (example,)})
    text = write_town_file(made, "金山町", 3, date(2026, 11, 26))
    found = read_town_file(text.replace("\n", "\r\n"))
    assert (found.definition, found.town, found.version) == (made, "金山町", "第3版（2026-11-26）")
    assert run_examples(found.definition)[0].mismatches == ()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"comes": False}, "手数料は2,000円のはずですが"),
        ({"birth": "2020-01-01"}, "わけ: 代表は18才以上"),
        ({"ends": "2026-11-30"}, "まだ足りないものがある"),
        ({"nowhere": 1}, "いまありません"),
    ],
)
def test_an_example_that_comes_out_otherwise_says_how(changed, words):
    good = record_example(
        outing(), "子ども連れ", answers(guests=[{"called": "子", "age": 16}]), TODAY
    )
    fee = good.expected.model_copy(update={"fee": 2000})
    example = good.model_copy(update={"answers": answers(**changed), "expected": fee})
    made = outing().model_copy(update={"examples": (example,)})
    (outcome,) = run_examples(made)
    assert any(words in line for line in outcome.mismatches), outcome.mismatches
    with pytest.raises(DefinitionRefused):
        read_town_file(write_town_file(made, "隣町", 1, TODAY))
