import uuid
from typing import Any

import pytest

from nenrin.rehearsal.tests.running import Answer, Receipts, Rehearsal, eventually

USERS = [f"U{n:032x}" for n in range(500)]
TEXT = {"type": "text", "text": "避難してください"}


def _send(rehearsal: Rehearsal, way: str, content: dict[str, Any], **headers: str) -> Answer:
    fields = {"authorization": "Bearer rehearsal-line", **headers}
    return rehearsal.post_json(f"/line/v2/bot/message/{way}", content, **fields)


def test_multicast_reaches_everyone_once(rehearsal: Rehearsal) -> None:
    answer = _send(rehearsal, "multicast", {"to": USERS, "messages": [TEXT]})
    assert (answer.status, answer.json) == (200, {})
    assert uuid.UUID(answer.headers["x-line-request-id"])
    log = rehearsal.log("line")
    assert (log["accepted"], log["arrived_total"], log["duplicates_total"]) == (1, 500, 0)


def test_push_answers_with_the_sent_messages(rehearsal: Rehearsal) -> None:
    answer = _send(rehearsal, "push", {"to": USERS[0], "messages": [TEXT, TEXT]})
    assert answer.status == 200
    assert [sorted(sent) for sent in answer.json["sentMessages"]] == [["id", "quoteToken"]] * 2


def test_a_retry_key_is_accepted_once(rehearsal: Rehearsal) -> None:
    content = {"to": USERS[:2], "messages": [TEXT]}
    key = str(uuid.uuid4())
    first = _send(rehearsal, "multicast", content, x_line_retry_key=key)
    again = _send(rehearsal, "multicast", content, x_line_retry_key=key)
    assert (first.status, again.status) == (200, 409)
    assert again.json["message"] == "The retry key is already accepted"
    accepted = again.headers["x-line-accepted-request-id"]
    assert accepted == first.headers["x-line-request-id"]
    assert again.headers["x-line-request-id"] != accepted
    assert rehearsal.log("line")["duplicates_total"] == 0


def test_a_key_whose_answer_was_lost_is_not_sent_twice(rehearsal: Rehearsal) -> None:
    rehearsal.fail("line", mode="status", status=500, count=1, after_accepting=True)
    content = {"to": USERS[:2], "messages": [TEXT]}
    key = str(uuid.uuid4())
    assert _send(rehearsal, "multicast", content, x_line_retry_key=key).status == 500
    assert _send(rehearsal, "multicast", content, x_line_retry_key=key).status == 409
    assert rehearsal.log("line")["arrived_total"] == 2
    assert rehearsal.log("line")["duplicates_total"] == 0


def test_a_refused_request_leaves_its_key_free(rehearsal: Rehearsal) -> None:
    key = str(uuid.uuid4())
    bad: dict[str, Any] = {"to": USERS[:1], "messages": []}
    assert _send(rehearsal, "multicast", bad, x_line_retry_key=key).status == 400
    good = {"to": USERS[:1], "messages": [TEXT]}
    assert _send(rehearsal, "multicast", good, x_line_retry_key=key).status == 200


def test_a_wrong_token_is_refused(rehearsal: Rehearsal) -> None:
    content = {"to": USERS[0], "messages": [TEXT]}
    answer = _send(rehearsal, "push", content, authorization="Bearer other")
    assert answer.status == 401
    assert answer.json["message"].startswith("Authentication failed")
    assert "x-line-request-id" in answer.headers


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"to": [*USERS, f"U{999:032x}"], "messages": [TEXT]}, "to"),
        ({"to": [], "messages": [TEXT]}, "to"),
        ({"to": USERS[:1], "messages": [TEXT] * 6}, "messages"),
        ({"to": USERS[:1], "messages": [{"type": "text", "text": ""}]}, "messages[0].text"),
        ({"to": USERS[:1], "messages": [TEXT, {"type": "fax"}]}, "messages[1].type"),
        (
            {"to": USERS[:1], "messages": [{"type": "text", "text": "🌲" * 2501}]},
            "messages[0].text",
        ),
    ],
)
def test_details_name_the_property(
    rehearsal: Rehearsal, content: dict[str, Any], field: str
) -> None:
    answer = _send(rehearsal, "multicast", content)
    assert answer.status == 400
    assert answer.json["message"] == "The request body has 1 error(s)"
    assert [detail["property"] for detail in answer.json["details"]] == [field]


def test_other_bad_requests(rehearsal: Rehearsal) -> None:
    bad_id = _send(rehearsal, "push", {"to": "taro", "messages": [TEXT]})
    assert bad_id.status == 400
    assert bad_id.json["message"].startswith("The property, 'to', in the request body is invalid")
    content = {"to": USERS[0], "messages": [TEXT]}
    assert _send(rehearsal, "push", content, x_line_retry_key="not-a-uuid").status == 400
    headers = {"authorization": "Bearer rehearsal-line", "content-type": "application/json"}
    assert rehearsal.ask("POST", "/line/v2/bot/message/push", "{", headers).status == 400
    longest = {"type": "text", "text": "🌲" * 2500}
    assert _send(rehearsal, "push", {"to": USERS[0], "messages": [longest]}).status == 200


def test_the_limit_answers_429(rehearsal: Rehearsal) -> None:
    rehearsal.fail("line", mode="status", status=429, retry_after=2, count=1)
    content = {"to": USERS[0], "messages": [TEXT]}
    answer = _send(rehearsal, "push", content)
    assert (answer.status, answer.headers["retry-after"]) == (429, "2")
    assert _send(rehearsal, "push", content).status == 200


def test_readers_report_by_the_url_in_the_text(rehearsal: Rehearsal, receipts: Receipts) -> None:
    text = f"ご無事ですか。{receipts.base}/m/tok-1 を開いてください。"
    _send(rehearsal, "multicast", {"to": USERS[:20], "messages": [{"type": "text", "text": text}]})
    eventually(lambda: rehearsal.log()["receipts"]["pending"] == 0)
    assert set(receipts.states("tok-1")) == {"opened", "confirmed"}
    answers = {form["answer"] for _, form in receipts.got if form["state"] == "confirmed"}
    assert answers <= {"safe", "help"}
