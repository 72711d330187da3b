from datetime import UTC, date, datetime

import pytest

from nenrin.core.accounts.card.facts import read_facts
from nenrin.core.accounts.card.refusals import CardTrouble, Trouble

GOOD = {
    "sub": "p",
    "name": " 髙橋　花子 ",
    "address": "山形県最上郡金山町大字金山324番地の1",
    "birthdate": "19500401",
    "gender": "2",
}


def _read(**changed):
    at = datetime(2026, 11, 26, tzinfo=UTC)
    return read_facts(GOOD | changed, issuer="https://c", subject="p", at=at)


def test_the_services_own_form_is_read():
    facts = _read()
    assert (facts.name, facts.birth_date, facts.gender) == ("髙橋　花子", date(1950, 4, 1), "2")


def test_openids_form_is_read_too():
    facts = _read(birthdate="1950-04-01", address={"formatted": "大字金山1"})
    assert (facts.birth_date, facts.address) == (date(1950, 4, 1), "大字金山1")


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""}, {"name": None}, {"address": None}, {"address": {"locality": "x"}},
        {"birthdate": ""}, {"birthdate": "19501301"}, {"birthdate": 19500401},
        {"birthdate": "昭和25年"},
    ],
)  # fmt: skip
def test_what_is_missing_is_said_so(changed):
    with pytest.raises(CardTrouble) as refused:
        _read(**changed)
    assert refused.value.trouble is Trouble.INCOMPLETE


def test_no_text_is_longer_than_we_keep():
    assert len(_read(name="あ" * 5000).name) == 300
