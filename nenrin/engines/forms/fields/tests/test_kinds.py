from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenrin.engines.forms.fields import plugs  # noqa: F401
from nenrin.engines.forms.fields.contract import Choice, Outside, Refused
from nenrin.engines.forms.fields.kinds import kinds, read_question

AREAS = {"areas": [Choice(value="kanayama", label="大字金山")], "slots": []}
OUTSIDE = Outside(date(2026, 11, 26), AREAS)
MINIMAL = {
    "choice": {"choices": [{"value": "a", "label": "ア"}, {"value": "b", "label": "イ"}]},
    "several": {"choices": [{"value": "a", "label": "ア"}, {"value": "b", "label": "イ"}]},
    "group": {"fields": [{"name": "n", "label": "数", "kind": "number"}]},
    "signature": {"statement": "まちがいありません。"},
    "time_slot": {"slots_from": "slots"},
}


def question(kind, **options):
    return read_question(
        {"kind": kind, "name": "q", "label": "問い"} | MINIMAL.get(kind, {}) | options
    )


def take(kind, raw, **options):
    return question(kind, **options).take(raw, OUTSIDE)


@pytest.mark.parametrize("kind", [kind.key for kind in kinds])
def test_every_kind_can_load_show_and_refuse(kind):
    asked = question(kind)
    for stored in asked.samples(OUTSIDE.today):
        asked.load(stored)
        assert asked.display(stored)
        assert asked.shortfall(stored) == ""
    with pytest.raises((Refused, AssertionError)):
        assert asked.take({"strange": object()} if asked.parts else "\u0000?", OUTSIDE) is None
        raise AssertionError
    assert asked.take("" if not asked.parts else {}, OUTSIDE) is None


@pytest.mark.parametrize("kind", [kind.key for kind in kinds if kind.key not in ("yes_no",)])
@given(raw=st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
))  # fmt: skip
def test_nothing_typed_brings_a_kind_down(kind, raw):
    try:
        question(kind).take(raw, OUTSIDE)
    except Refused as refusal:
        assert all(words.endswith("。") for words in refusal.problems.values())


@pytest.mark.parametrize("kind", ["text", "name", "address", "signature"])
def test_a_my_number_is_refused_in_any_text(kind):
    asked = question(kind)
    raw = {part: "123456789018" for part in asked.parts} if asked.parts else "番号 123456789018"
    with pytest.raises(Refused, match="マイナンバー"):
        asked.take(raw, OUTSIDE)


@pytest.mark.parametrize(
    ("kind", "raw", "stored"),
    [
        ("money", "１，０００円", 1000),
        ("money", "¥12,000", 12000),
        ("money", "3万5千円", 35000),
        ("number", " ４２ ", 42),
        ("telephone", "０２３３（２９）５６００", "0233295600"),
        ("telephone", "+81 90-1234-5678", "09012345678"),
        ("email", "Taro＠EXAMPLE.JP ", "Taro@example.jp"),
        ("date", {"era": "S", "year": "３０", "month": "1", "day": "2"}, "1955-01-02"),
        ("date", "令和元年5月1日", "2019-05-01"),
        ("date", {"era": "", "year": "2026", "month": "11", "day": "26"}, "2026-11-26"),
        ("corporate_number", "７０００−０１２０５０００２", "7000012050002"),
        ("yes_no", "no", False),
        ("several", ["b", "a"], ["a", "b"]),
    ],
)
def test_what_people_type_is_understood(kind, raw, stored):
    assert take(kind, raw) == stored


@pytest.mark.parametrize(
    ("kind", "raw", "words"),
    [
        ("money", "たくさん", "数字だけで"),
        ("money", "-5", "0円以上"),
        ("number", "1.5", "整数で"),
        ("telephone", "29-5600", "市外局番から"),
        ("email", "taro.example.jp", "「@」がありません"),
        ("email", "taro@example.con", "「.com」のことですか"),
        ("date", {"era": "R", "year": "1", "month": "4", "day": "30"}, "その日はありません"),
        ("date", {"era": "", "year": "60", "month": "1", "day": "1"}, "元号を選ぶか"),
        ("corporate_number", "1000012050002", "けたが合いません"),
        ("choice", "c", "一覧の中から"),
        ("time_slot", "x", "お電話で"),
        ("text", "あ" * 201, "あと1文字減らして"),
    ],
)
def test_an_error_says_how_to_mend_it(kind, raw, words):
    with pytest.raises(Refused) as caught:
        take(kind, raw)
    assert words in str(caught.value)


def test_a_name_with_emoji_is_kept_and_its_reading_made_katakana():
    raw = {"family": "髙🌲", "given": "はな", "family_kana": "ﾀｶ", "given_kana": "はな"}
    assert take("name", raw) == {
        "family": "髙🌲", "given": "はな", "family_kana": "タカ", "given_kana": "ハナ"
    }  # fmt: skip


def test_every_empty_box_of_a_name_is_named():
    with pytest.raises(Refused) as caught:
        take("name", {"family": "山"})
    assert set(caught.value.problems) == {"given", "family_kana", "given_kana"}
    assert take("name", {"family": "Sukarno", "family_kana": "スカルノ", "single": "1"})


def test_an_address_takes_its_area_from_outside():
    raw = {"area": "kanayama", "number": "３２４−１", "building": "山田様方"}
    stored = take("address", raw)
    assert stored["number"] == "324-1"
    assert question("address").display(stored) == "大字金山324-1 山田様方"
    with pytest.raises(Refused, match="一覧から"):
        take("address", raw | {"area": "other"})
    away = {"postal": "999-5402", "elsewhere": "山形県新庄市沖の町10-37"}
    assert take("address", away, elsewhere=True)["postal"] == "9995402"
    with pytest.raises(Refused):
        take("address", away)


# Pairs of 記号 and 番号 whose check digits are known to be right.
@pytest.mark.parametrize(
    ("symbol", "number", "branch", "account"),
    [
        ("14030", "12345671", "408", "1234567"),
        ("14080", "12712721", "408", "1271272"),
        ("15150", "21111111", "518", "2111111"),
        ("00160", "100001", "019", "0100001"),
    ],
)
def test_yucho_is_written_as_other_banks_do(symbol, number, branch, account):
    raw = {"bank": "yucho", "symbol": symbol, "yucho_number": number, "holder": "やまだ はな"}
    stored = take("bank_account", raw)
    assert (stored["branch_code"], stored["account_number"]) == (branch, account)
    assert stored["holder"] == "ヤマダ ハナ"


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"symbol": "24030"}, "symbol"),
        ({"yucho_number": "12345672"}, "yucho_number"),
        ({"yucho_number": "12345771"}, "yucho_number"),
        ({"holder": "山田花"}, "holder"),
        ({"bank": "none"}, "bank"),
    ],
)
def test_a_slip_in_an_account_is_shown_at_its_box(changed, part):
    raw = {"bank": "yucho", "symbol": "14030", "yucho_number": "12345671", "holder": "ヤマダ"}
    with pytest.raises(Refused) as caught:
        take("bank_account", raw | changed)
    assert set(caught.value.problems) == {part}


def test_an_account_elsewhere_needs_its_digits():
    raw = {
        "bank": "other", "bank_name": "見本", "bank_code": "1", "branch_name": "本店",
        "branch_code": "001", "account_type": "ordinary", "account_number": "123",
        "holder": "ｶ)ﾐﾎﾝ",
    }  # fmt: skip
    with pytest.raises(Refused) as caught:
        take("bank_account", raw)
    assert set(caught.value.problems) == {"bank_code"}
    assert take("bank_account", raw | {"bank_code": "0001"})["account_number"] == "0000123"


def test_a_group_tells_which_item_is_wrong():
    with pytest.raises(Refused) as caught:
        take("group", [{"n": "1"}, {"n": "x"}])
    assert set(caught.value.problems) == {"1.n"}
    assert take("group", [{"n": "1"}, {"n": ""}]) == [{"n": 1}]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"bytes": 0}, "空です"),
        ({"bytes": 21_000_000}, "大きすぎます"),
        ({"type": "image/gif"}, "種類は使えません"),
        ({"name": "123456789018.pdf"}, "マイナンバー"),
    ],
)
def test_files_are_taken_by_reference_and_checked(changed, words):
    good = {"id": "1", "name": "C:/写真.heic", "type": "image/heic", "bytes": 10}
    assert take("file", [good])[0]["name"] == "写真.heic"
    with pytest.raises(Refused, match=words):
        take("file", [good | changed])


def test_a_signature_holds_only_for_its_own_words():
    stored = take("signature", {"name": "山田 花", "agreed": "on"})
    assert question("signature").shortfall(stored) == ""
    assert question("signature", statement="別の文です。").shortfall(stored)
    with pytest.raises(Refused):
        take("signature", {"name": "山田 花", "agreed": ""})


def test_a_slot_is_kept_with_the_words_it_was_offered_in():
    slots = Outside(OUTSIDE.today, {"slots": [Choice(value="7", label="12月1日 9時")]})
    stored = question("time_slot").take("7", slots)
    assert question("time_slot").display(stored) == "12月1日 9時"
    assert question("time_slot").load(stored) == question("time_slot").boxes(stored) == "7"


def test_a_place_may_be_told_in_words():
    assert take("map_point", {"words": "神社のうら"}) == {"words": "神社のうら"}
    with pytest.raises(Refused):
        take("map_point", {"latitude": "0", "longitude": "140"})
