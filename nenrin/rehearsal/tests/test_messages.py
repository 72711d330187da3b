import pytest

from nenrin.rehearsal.messages import Arrival, Unreadable, read_json, read_text


@pytest.mark.parametrize(
    ("text", "receipt"),
    [
        ("http://localhost:8000/m/abc", "http://localhost:8000/r/abc"),
        ("見る→https://kaneyama.localhost/m/a_b-c。", "https://kaneyama.localhost/r/a_b-c"),
        ("See http://127.0.0.1:80/m/abc.", "http://127.0.0.1:80/r/abc"),
        ("<http://[::1]:8000/m/abc>", "http://[::1]:8000/r/abc"),
        ("(http://localhost/m/abc)", "http://localhost/r/abc"),
    ],
)
def test_the_receipt_url_is_found_in_words(text: str, receipt: str) -> None:
    arrival = read_text(text)
    assert arrival.receipt_url == receipt
    assert arrival.message_id == receipt.rpartition("/")[2]


def test_words_without_a_url_are_known_by_themselves() -> None:
    assert read_text("雪").receipt_url is None
    assert read_text("雪").message_id == read_text("雪").message_id != read_text("雨").message_id


def test_a_question_for_safety_is_heard() -> None:
    assert read_text("ご無事ですか").asks_safety
    assert not read_text("断水です").asks_safety


def test_json_of_the_agreed_form() -> None:
    whole = '{"id": "m", "receipt": "http://localhost/r/x", "asks_safety": true}'
    assert read_json(whole) == Arrival("m", "http://localhost/r/x", True)
    assert read_json('{"id": "m"}') == Arrival("m", None, False)


@pytest.mark.parametrize(
    "data", ["", "[]", "{}", '{"id": 5}', '{"id": "m", "receipt": 5}', b"\xff"]
)
def test_json_of_another_form(data: str | bytes) -> None:
    with pytest.raises(Unreadable):
        read_json(data)
