"""Text for mail, LINE, SMS and voice: order, length, drill."""

from nenrin.core.messaging.transports.tests.parcels import MESSAGE, make_parcel, make_words
from nenrin.core.messaging.transports.text import (
    fitted_text,
    plain_text,
    public_link,
    short_text,
    shorten,
    spoken_text,
    utf16_length,
)

LINK = "https://kaneyama.example/m/token1"


def test_the_heading_stands_first_and_the_town_last() -> None:
    lines = plain_text(make_words(), LINK).splitlines()
    assert lines[0] == "【避難指示】中田地区"
    assert lines[-1] == "金山町"
    assert "【やさしい日本語】" in lines


def test_a_safety_question_comes_before_the_words() -> None:
    text = plain_text(make_words(asks_safety=True), LINK)
    assert text.index("無事かどうか") < text.index(LINK) < text.index("すぐに中田公民館")


def test_a_public_link_asks_nobody_to_confirm() -> None:
    assert "読んだら" not in plain_text(make_words(), LINK, personal=False)
    parcel = make_parcel(7)
    assert public_link(make_words(), parcel) == f"https://kaneyama.example/m/{MESSAGE}"


def test_short_text_keeps_the_link_and_ends_at_a_sentence() -> None:
    words = make_words(body="川があふれそうです。" * 100)
    text = short_text(words, LINK, 660)
    assert utf16_length(text) <= 660
    assert text.endswith(f"。…\n{LINK}")


def test_a_short_message_is_not_changed() -> None:
    assert shorten("みじかい。", 10) == "みじかい。"
    assert shorten("あ" * 20, 10) == "あ" * 9 + "…"
    assert shorten("あ", 0) == ""


def test_an_emoji_counts_twice() -> None:
    assert utf16_length("🌲") == 2
    assert utf16_length(shorten("🌲" * 50, 21)) <= 21


def test_a_long_text_falls_back_to_the_short_form() -> None:
    assert fitted_text(make_words(), LINK, 5000) == plain_text(make_words(), LINK)
    assert utf16_length(fitted_text(make_words(body="あ" * 9000), LINK, 5000)) <= 5000


def test_a_voice_says_who_speaks_and_that_it_is_a_drill() -> None:
    said = spoken_text(make_words(is_drill=True), 2)
    assert said.startswith("金山町からのお知らせです。これは訓練です。")
    assert said.count("ひなんしじです") == 2
