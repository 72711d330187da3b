import pytest

from nenrin.engines.forms.fields.naming import named_questions, reading
from nenrin.engines.forms.tests.forms_for_tests import outing


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("comes", "「代表も行きますか」が「はい」"),
        ("not comes", "「代表も行きますか」が「いいえ」"),
        ("comes == false", "「代表も行きますか」が「いいえ」"),
        ("age_at(birth, today) < 18", "「生年月日」から数えた今日の年齢が18より小さい"),
        ("count(guests) >= 3", "「一緒に行く人」の数が3以上"),
        ("any(guests, age < 16)", "「一緒に行く人」のどれかで 「年」が16より小さい"),
        ("comes and (nights > 2 or nights == 0)",
         "「代表も行きますか」が「はい」、かつ （「泊数」が2より大きい、または 「泊数」が0）"),
        ("if(comes, nights * 100, 0)",
         "「代表も行きますか」が「はい」なら「泊数」 × 100、ちがえば0"),
        ("starts == 2026-12-01", "「行く日」が2026年12月1日"),
        ("max(nights, 3)", "「泊数」・3の大きいほう"),
        ("nowhere >", "nowhere >"),
    ],
)  # fmt: skip
def test_rules_are_read_as_somebody_would_say_them(text, words):
    names = named_questions(question for _, question in outing().questions())
    assert reading(text, names) == words
