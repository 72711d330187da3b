import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nenrin.core.audit.models import AuditEntry
from nenrin.core.people.household_csv import COLUMNS, CsvRefused
from nenrin.core.people.models import Household, Person
from nenrin.core.people.services.apply_import import ImportRefused, apply_import
from nenrin.core.people.services.plan_import import plan_import

HEADER = ",".join(COLUMNS)
TARO = "H1,P1,高橋,太郎,タカハシ,タロウ,S30.1.2,男,1,01,3,大字金山1番地"
HANA = "H1,P2,高橋,花,タカハシ,ハナ,1958-04-05,女,0,01,3,大字金山1番地"
JIRO = "H2,P3,佐藤,次郎,サトウ,ジロウ,19700101,1,世帯主,13,,大字中田2番地"


def _file(*lines, encoding="utf-8"):
    return "\r\n".join((HEADER, *lines, "")).encode(encoding)


def _import(*lines, **options):
    apply_import(plan=plan_import(data=_file(*lines)), acting_user="tester", **options)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_file_comes_in_whatever_its_encoding(town, encoding):
    plan = plan_import(data=_file(TARO, HANA, JIRO, encoding=encoding))
    assert plan.added == ("P1", "P2", "P3") and not plan.bad_rows
    apply_import(plan=plan, acting_user="tester")
    assert Person.objects.get(number="P1").birth_date.isoformat() == "1955-01-02"
    assert str(Household.objects.get(number="H1").neighbourhood) == "十日町 3班"
    assert plan_import(data=_file(TARO, HANA, JIRO)).is_empty


def test_a_plan_writes_nothing(town):
    plan_import(data=_file(TARO))
    assert not Person.objects.exists()


def test_changes_moves_and_returns(town):
    _import(TARO, HANA, JIRO)
    moved = JIRO.replace("大字中田2番地", "大字中田9番地")
    plan = plan_import(data=_file(TARO, moved))
    assert (plan.changed, plan.moved_away, plan.unchanged) == (("P3",), ("P2",), 1)
    apply_import(plan=plan, acting_user="tester", allow_many_leaving=True)
    assert Person.objects.get(number="P2").left_on
    assert Household.objects.get(number="H2").address == "大字中田9番地"
    _import(TARO, HANA, moved)
    assert Person.objects.get(number="P2").left_on is None


def test_a_household_that_is_gone_is_marked_not_deleted(town):
    _import(TARO, HANA, JIRO)
    _import(JIRO, allow_many_leaving=True)
    assert Household.objects.get(number="H1").left_on
    assert Person.objects.count() == 3


def test_a_wrong_file_does_not_empty_the_town(town):
    _import(TARO, HANA, JIRO)
    with pytest.raises(ImportRefused, match="転出"):
        _import(JIRO)
    assert not Person.objects.filter(left_on__isnull=False).exists()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (JIRO.replace("P3", "P1"), "同じです"),
        (JIRO.replace(",13,", ",99,"), "地区コード"),
        (JIRO.replace("19700101", "2999-01-01"), "先の日"),
        (JIRO.replace("19700101", "S99.1.1"), "正しくありません"),
        (JIRO.replace("世帯主", "0"), "世帯主がいません"),
        (JIRO.replace("佐藤", ""), "空です"),
        (JIRO.replace(",,大字", ",大字"), "列の数"),
        (JIRO.replace("次郎", "123456789018"), "マイナンバー"),
        (TARO.replace(",3,", ",40000,").replace("P1", "P4").replace("H1", "H4"), "「班」"),
        (TARO.replace(",3,", ",0,").replace("P1", "P4").replace("H1", "H4"), "「班」"),
        (TARO.replace(",3,", ",二,").replace("P1", "P4").replace("H1", "H4"), "「班」"),
        (JIRO.replace(",13,", ",13131313131,"), "10 文字を超えて"),
        (JIRO.replace("H2", "H" * 21), "20 文字を超えて"),
        (JIRO.replace("P3", "X9"), "町外の家族"),
    ],
)
def test_a_bad_line_is_named_and_nothing_comes_in(town, line, reason):
    Person.objects.create(number="X9", family_name="森", given_name="遠")
    plan = plan_import(data=_file(TARO, HANA, line))
    assert any(bad.line == 4 and reason in bad.reason for bad in plan.bad_rows)
    assert "123456789018" not in str(plan.bad_rows)
    with pytest.raises(ImportRefused):
        apply_import(plan=plan, acting_user="tester")
    assert not Person.objects.filter(household__isnull=False).exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空です"),
        (HEADER.encode(), "人の行が"),
        (HEADER.replace(",", ";").encode(), "コンマ"),
        (HEADER.replace(",", "\t").encode(), "コンマ"),
        (f'{HEADER}\n"H1,P1'.encode(), "引用符"),
        ("氏名,住所\n".encode(), "知らない列: 1 列目"),
        (b"\xff\xfe\x00\x00", "文字コード"),
    ],
)
def test_a_file_that_is_none_says_what_to_do(town, data, words):
    with pytest.raises(CsvRefused, match=words):
        plan_import(data=data)


def test_a_file_without_a_header_does_not_show_its_first_person(town):
    with pytest.raises(CsvRefused) as refusal:
        plan_import(data=(TARO + "\r\n").encode())
    assert "1 列目" in str(refusal.value) and "太郎" not in str(refusal.value)


@given(st.lists(st.text(max_size=200), min_size=len(COLUMNS), max_size=len(COLUMNS)))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_stands_in_a_line_it_is_taken_or_told(town, values):
    sink = io.StringIO(newline="")
    csv.writer(sink).writerow(values)
    data = f"{HEADER}\r\n{sink.getvalue()}".encode(errors="replace")
    try:
        plan = plan_import(data=data)
    except CsvRefused:
        return
    assert plan.bad_rows or len(plan.rows) <= 1


def test_the_audit_entry_has_counts_and_no_names(town):
    _import(TARO, HANA)
    entry = AuditEntry.objects.get(action="people.import")
    assert entry.detail == {"added": 2, "changed": 0, "moved_away": 0}


def test_full_width_codes_are_the_same_codes(town):
    wide = TARO.translate({ord(c): ord(c) + 0xFEE0 for c in "HP0123456789"})
    _import(TARO)
    plan = plan_import(data=_file(wide.replace("１番地", "1番地")))
    assert plan.is_empty and not plan.bad_rows


def test_a_person_after_a_value_with_a_line_break_has_the_right_line(town):
    two_lines = JIRO.replace("大字中田2番地", '"大字中田\r\n2番地"')
    plan = plan_import(data=_file(two_lines, TARO.replace("S30.1.2", "bad")))
    assert [bad.line for bad in plan.bad_rows if "生年月日" in bad.reason] == [4]
