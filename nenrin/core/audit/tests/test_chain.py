import pytest
from django.db import ProgrammingError, transaction

from nenrin.core.audit.models import AuditEntry
from nenrin.core.audit.selectors import first_altered_entry
from nenrin.core.audit.services.record_act import record_act
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope


@pytest.fixture
def trail(town):
    for number in range(5):
        record_act(actor="tester", action="test.act", subject=f"thing:{number}")
    return AuditEntry.objects.all()


def test_an_untouched_chain_is_whole(trail):
    assert first_altered_entry() is None
    assert [entry.sequence for entry in trail] == [1, 2, 3, 4, 5]


def test_the_application_cannot_change_or_delete_an_entry(trail):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        trail.filter(sequence=3).update(actor="someone else")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        trail.filter(sequence=3).delete()


def _forge(**changes):
    last = AuditEntry.objects.order_by("-sequence").first()
    fields = {
        "sequence": last.sequence + 1,
        "at": last.at,
        "actor": "tester",
        "action": "test.act",
        "subject": "forged",
        "previous_hash": last.hash,
        "hash": "f" * 64,
    }
    AuditEntry.objects.create(**fields | changes)


@pytest.mark.parametrize(
    ("changes", "altered"),
    [
        ({}, (6, "内容が書き換えられています")),
        ({"previous_hash": "0" * 64}, (6, "前の行とつながっていません")),
        ({"sequence": 8}, (6, "行 6 がありません")),
    ],
)
def test_the_first_row_that_does_not_fit_is_named(trail, changes, altered):
    _forge(**changes)
    record_act(actor="tester", action="test.act", subject="after")
    assert first_altered_entry() == altered


def test_towns_have_chains_of_their_own(trail):
    Town.objects.create(code="063622", name="最上町", name_kana="", name_en="", slug="mogami")
    with town_scope("063622"):
        assert record_act(actor="tester", action="test.act", subject="x").sequence == 1
