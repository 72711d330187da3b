"""Django's own words for what is wrong are not what anybody reads here."""

import pytest
from django import forms
from django.utils.translation import override, trans_real

from nenrin.core.ui.catalogues import compile_catalogues


class _Everything(forms.Form):
    words = forms.CharField(max_length=3, min_length=2)
    number = forms.IntegerField(min_value=1, max_value=5)
    mail = forms.EmailField()
    day = forms.DateField()
    choice = forms.ChoiceField(choices=[("a", "あ")])
    paper = forms.FileField()


SCOLDING = ("フィールド", "必須", "正しく", "有効な", "値", "候補", "なければなりません")
BAD = [
    {},
    {"words": "長い言葉", "number": "9", "mail": "x", "day": "2026-02-30", "choice": "b"},
    {"words": "a", "number": "0.5", "mail": "", "day": "きのう", "choice": ""},
    {"words": "a\x00b", "number": "0"},
]


@pytest.fixture(autouse=True)
def _compiled():
    if compile_catalogues():
        # A process that began without them has read Django's own words alone.
        trans_real._translations.clear()
        trans_real._default = None


@pytest.mark.parametrize("typed", BAD)
def test_every_fault_is_told_in_the_houses_words(typed):
    with override("ja"):
        told = [str(words) for found in _Everything(typed, {}).errors.values() for words in found]
    assert told
    assert [(words, bad) for words in told for bad in SCOLDING if bad in words] == []
    assert all(words.endswith(("ください。", "ません。", "-04-01", "です）。")) for words in told)


def test_the_words_are_used_and_other_languages_keep_theirs():
    with override("ja"):
        assert _Everything({}).errors["words"] == ["ここを書くか、選んでください。"]
    with override("en"):
        assert _Everything({}).errors["words"] == ["This field is required."]
