"""A whole journey with everything that goes wrong on the way, and what the logs tell of it."""

import contextlib
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from nenrin.core.database import embedded
from tests.fixtures.stack import Stack, wait_until

PERSONAL = (
    "SELECT family_name || given_name FROM people_person",
    "SELECT family_name || ' ' || given_name FROM people_person",
    "SELECT family_name_kana || given_name_kana FROM people_person",
    "SELECT family_name_kana || ' ' || given_name_kana FROM people_person",
    "SELECT address FROM people_household",
    "SELECT address FROM messaging_endpoint",
    "SELECT keys->>'p256dh' FROM messaging_endpoint WHERE keys ? 'p256dh'",
    "SELECT email FROM accounts_user",
    "SELECT session_key FROM django_session",
    "SELECT options->>'vapid_private_key' FROM messaging_channel WHERE kind = 'webpush'",
    "SELECT telephone FROM people_visitor WHERE telephone <> ''",
)
DELIVERY_TOKEN = re.compile(r"\d{6}-[0-9a-z]+-[a-z2-7]{16}")
SHORTEST = 4


def _ask(stack: Stack, path: str, content: dict[str, str] | None = None, **headers: str) -> bytes:
    port = json.loads((stack.folder / "rehearsal/addresses.json").read_text())["web"]
    body = urllib.parse.urlencode(content).encode() if content else None
    request = urllib.request.Request(f"http://localhost:{port}{path}", body, headers)
    with contextlib.suppress(urllib.error.HTTPError):
        return bytes(urllib.request.urlopen(request, timeout=30).read())
    return b""


def _go_wrong(stack: Stack) -> None:
    """Everything a visitor, a guesser and an outage may do."""
    tablet = json.loads((stack.folder / "rehearsal/tablets.jsonl").read_text().splitlines()[0])
    (email,) = stack.rows("SELECT address FROM messaging_endpoint WHERE kind = 'email' LIMIT 1")[0]
    token = "063614-1-aaaaaaaaaaaaaaaa"
    _ask(stack, f"/m/{token}")
    _ask(stack, f"/m/{token}", {"answer": "safe"})
    _ask(stack, f"/r/{token}", {"state": "opened"})
    _ask(stack, f"/tablet/pair/{tablet['token']}")
    _ask(stack, f"/no-such-page/{email}?q={urllib.parse.quote('佐藤 花子')}")
    _ask(stack, "/accounts/login/", {"login": email, "password": "secret-guess"})
    _ask(stack, "/tablet/stream", Authorization=f"Bearer {tablet['token']}x")
    _ask(stack, "/", Cookie="sessionid=abcdefghijklmnop", Host=f"{email.partition('@')[0]}.example")
    _ask(stack, "/line/webhook", {"events": email}, **{"X-Line-Signature": "forged"})


@pytest.fixture(scope="module")
def journey(stack):
    """A drill, then everything that goes wrong, with the database away for a moment."""
    stack.stand_in("/faults/push", {"mode": "status", "status": 500, "count": 5})
    stack.stand_in("/faults/line", {"mode": "status", "status": 429, "retry_after": 1, "count": 2})
    stack.drill(12)
    _go_wrong(stack)
    embedded.stop(stack.folder, mode="immediate")
    _go_wrong_without_database(stack)
    embedded.start(stack.folder)
    assert wait_until(lambda: b"true" in _ask(stack, "/readyz"), 60)
    _go_wrong(stack)
    time.sleep(1)
    return stack


def _go_wrong_without_database(stack: Stack) -> None:
    for path in ("/", "/m/063614-1-aaaaaaaaaaaaaaaa", "/staff/", "/readyz"):
        _ask(stack, path)


def _logs(stack: Stack) -> dict[str, str]:
    files = [*(stack.folder / "log").glob("*.log"), stack.folder / "postgres" / "log"]
    return {path.name: path.read_text(errors="replace") for path in files if path.is_file()}


def test_no_log_tells_of_a_person_or_holds_a_secret(journey):
    secrets = {str(row[0]) for query in PERSONAL for row in journey.rows(query)}
    secrets |= {(journey.folder / "secret-key").read_text(), "secret-guess", "abcdefghijklmnop"}
    for line in (journey.folder / "rehearsal/tablets.jsonl").read_text().splitlines():
        secrets.add(json.loads(line)["token"])
    secrets = {secret for secret in secrets if len(secret) >= SHORTEST}
    assert len(secrets) > 300
    logs = _logs(journey)
    told = [(name, s) for name, text in logs.items() for s in secrets if s in text]
    told += [(name, s) for name, text in logs.items() for s in DELIVERY_TOKEN.findall(text)]
    assert told == []


def test_the_logs_do_tell_what_went_wrong(journey):
    logs = _logs(journey)
    assert "Not Found" in logs["web.log"]
    assert "OperationalError" in logs["web.log"] or "Internal Server Error" in logs["web.log"]
    assert "postgres" in " ".join(logs) or "log" in logs


def test_the_device_portal_knows_no_stranger(journey):
    """The raw addresses beside Django stand in no URL list; they are tried here."""
    port = json.loads((journey.folder / "rehearsal/addresses.json").read_text())["web"]
    token = json.loads((journey.folder / "rehearsal/tablets.jsonl").read_text().splitlines()[0])
    base = f"http://localhost:{port}"
    tries = (
        (f"{base}/tablet/stream", None, {}, 401),
        (f"{base}/tablet/stream", None, {"Authorization": "Bearer guess"}, 401),
        (
            f"{base}/tablet/stream",
            None,
            {"Authorization": f"Bearer {token['token']}", "Host": f"mogami.localhost:{port}"},
            401,
        ),
        (f"{base}/tablet/stream", None, {"Host": "evil.example"}, 400),
        (f"{base}/r/063614-1-aaaaaaaaaaaaaaaa", b"state=opened", {}, 404),
        (f"{base}/line/webhook", b"{}", {"X-Line-Signature": "forged"}, 400),
    )
    for url, body, headers, right in tries:
        request = urllib.request.Request(url, body, headers)
        with pytest.raises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(request, timeout=30)
        assert refusal.value.code == right, (url, headers)


def test_the_doctor_finds_nothing_wrong_in_a_working_town(journey):
    assert wait_until(lambda: _doctor(journey)[0] == 0, 60), _doctor(journey)[1]


def test_the_doctor_finds_a_worker_that_hangs(journey):
    worker = journey.worker()
    worker.suspend()
    try:
        found = wait_until(lambda: "worker" in _doctor(journey)[1], 60)
    finally:
        worker.resume()
    assert found


def _doctor(stack: Stack) -> tuple[int, list[str]]:
    """Exit status, and the checks that found something."""
    status, output = stack.run("doctor", "--json")
    return status, [one["check"] for one in json.loads(output) if not one["ok"]]
