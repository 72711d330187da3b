from nenrin.engines.forms.fields.text_rules import (
    holds_my_number,
    katakana,
    mask_my_numbers,
    tidy_lines,
    tidy_text,
)

# Made up; the last digit is right.
MY_NUMBER = "123456789018"


def test_names_keep_their_own_characters():
    for name in ("神\ufa19", "葛\U000e0100城", "\ue000田", "髙﨑", "👨‍👩‍👧", "𠮷野"):
        assert tidy_text(name) == name


def test_half_width_kana_and_loose_marks_are_mended():
    assert tidy_text("ﾔﾏｶﾞﾀ ﾊﾅｺ") == "ヤマガタ ハナコ"
    assert tidy_text("か\u3099") == "が"
    assert katakana("やまがた") == "ヤマガタ"


def test_what_nobody_sees_goes():
    assert tidy_text("a\x00b\u202ec\ud800d\ufeff") == "abcd"
    assert tidy_lines("一\r\n二\r三 ") == "一\n二\n三"


def test_my_numbers_are_found_however_deep_and_however_wide():
    assert holds_my_number({"a": [{"b": "番号は １２３４-５６７８-９０１８ です"}]})
    assert not holds_my_number({"a": "123456789012", "b": [None, 3]})


def test_a_my_number_is_covered_before_it_is_shown_again():
    assert MY_NUMBER not in mask_my_numbers(f"これ{MY_NUMBER}です")
    assert mask_my_numbers("電話は0233-29-5600") == "電話は0233-29-5600"
