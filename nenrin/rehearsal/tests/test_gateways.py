from typing import Any

import pytest

from nenrin.rehearsal.tests.running import Answer, Receipts, Rehearsal, eventually

SMS = {"to": "+819012345678", "text": "避難してください", "client_reference": "r-1"}
CALL = {
    "to": "+81233521111",
    "say": "こちらは、金山町です",
    "language": "ja-JP",
    "reference": "c-1",
}


def _text(rehearsal: Rehearsal, content: dict[str, Any], token: str = "rehearsal-sms") -> Answer:
    return rehearsal.post_json("/sms/messages", content, authorization=f"Bearer {token}")


def _call(rehearsal: Rehearsal, content: dict[str, Any], token: str = "rehearsal-voice") -> Answer:
    return rehearsal.post_json("/voice/calls", content, authorization=f"Bearer {token}")


def test_a_text_with_a_reference_is_sent_once(rehearsal: Rehearsal) -> None:
    content = {**SMS, "client_reference": "once"}
    first, again = _text(rehearsal, content), _text(rehearsal, content)
    assert (first.status, again.status) == (202, 202)
    assert first.json == again.json
    assert first.json["status"] == "accepted"
    log = rehearsal.log("sms")
    assert (log["accepted"], log["repeated"], log["duplicates_total"]) == (1, 1, 0)
    assert list(log["shown"]) == ["+819012345678"]
    assert _text(rehearsal, {**content, "text": "別の文"}).status == 409


def test_a_text_sent_twice_without_reference_shows_twice(rehearsal: Rehearsal) -> None:
    content = {"to": SMS["to"], "text": SMS["text"]}
    _text(rehearsal, content)
    _text(rehearsal, content)
    log = rehearsal.log("sms")
    assert log["duplicates_total"] == 1
    assert len(log["shown"]["+819012345678"]) == 2


@pytest.mark.parametrize(
    "number", ["09012345678", "+81312345678", "+8190123456789", "+12025550100"]
)
def test_only_japanese_mobiles_get_texts(rehearsal: Rehearsal, number: str) -> None:
    answer = _text(rehearsal, {**SMS, "to": number})
    assert (answer.status, answer.json["error"]["code"]) == (400, "invalid_to")


def test_other_refused_texts(rehearsal: Rehearsal) -> None:
    assert _text(rehearsal, SMS, token="other").status == 401
    assert _text(rehearsal, {**SMS, "text": ""}).status == 400
    assert _text(rehearsal, {**SMS, "text": "雪" * 661}).json["error"]["code"] == "text_too_long"
    assert _text(rehearsal, {**SMS, "client_reference": "r-660", "text": "雪" * 660}).status == 202
    assert _text(rehearsal, {**SMS, "client_reference": "長い"}).status == 400
    assert rehearsal.ask("GET", "/sms/messages").status == 405
    assert rehearsal.log("sms")["refused"] == {"400": 3, "401": 1, "405": 1}


def test_a_call_reports_the_key_that_was_pressed(rehearsal: Rehearsal, receipts: Receipts) -> None:
    for n in range(10):
        content = {
            **CALL,
            "to": f"+8123352{n:04}",
            "say": "ご無事なら1を、助けが必要なら2を押してください",
            "reference": f"call-{n}",
            "callback_url": f"{receipts.base}/voice/keypress",
        }
        assert _call(rehearsal, content).status == 202
    eventually(lambda: rehearsal.log()["receipts"]["pending"] == 0)
    assert 1 <= len(receipts.got) <= 10
    for path, form in receipts.got:
        assert path == "/voice/keypress"
        assert form["state"] == "confirmed"
        assert (form["answer"], form["digits"]) in {("safe", "1"), ("help", "2")}
        assert form["reference"].startswith("call-")
        assert form["call_id"]


def test_a_repeated_reference_rings_once(rehearsal: Rehearsal) -> None:
    first, again = _call(rehearsal, CALL), _call(rehearsal, CALL)
    assert first.json == again.json
    assert rehearsal.log("voice")["arrived_total"] == 1
    assert rehearsal.log("voice")["duplicates_total"] == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to": "0233521111"}, "invalid_to"),
        ({"language": "en-US"}, "invalid_language"),
        ({"say": " "}, "invalid_say"),
        ({"callback_url": "https://town.example.jp/keys"}, "invalid_callback_url"),
        ({"callback_url": 5}, "invalid_callback_url"),
        ({"reference": 5}, "invalid_reference"),
    ],
)
def test_refused_calls(rehearsal: Rehearsal, change: dict[str, Any], code: str) -> None:
    answer = _call(rehearsal, {**CALL, **change})
    assert (answer.status, answer.json["error"]["code"]) == (400, code)


def test_a_wrong_token_does_not_call(rehearsal: Rehearsal) -> None:
    assert _call(rehearsal, CALL, token="other").status == 401
