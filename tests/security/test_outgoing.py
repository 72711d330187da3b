"""Where the system connects to, and that nobody outside can choose it."""

import ast
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from nenrin.core.messaging.transports.contract import Fate
from nenrin.core.messaging.transports.tests.parcels import make_parcel, make_words
from nenrin.core.messaging.transports.webpush.options import WebPushOptions
from nenrin.core.messaging.transports.webpush.tests.browser import Browser
from nenrin.core.messaging.transports.webpush.transport import WebPushTransport
from nenrin.core.messaging.transports.webpush.vapid import make_vapid_key

ROOT = Path(__file__).resolve().parents[2]
NETWORK = {
    "aiohttp", "http.client", "httpx", "linebot", "pycurl", "requests", "smtplib", "socket",
    "urllib.request", "urllib3",
}  # fmt: skip

# Every module or folder that opens connections, and what keeps a stranger from choosing where to.
CONNECTS = {
    "nenrin/cli/commands/staff_.py": "loopback only: the stand-in's letter box",
    "nenrin/cli/stack.py": "loopback only: is our own server up",
    "nenrin/cli/supervisor.py": "nowhere: it hands on a socket that listens on loopback",
    "nenrin/core/accounts/card/": "the issuer the installation names, over HTTPS, no redirects",
    "nenrin/core/files/clamd.py": "the installation's virus scanner",
    "nenrin/core/messaging/transports/email/": "the town's mail server",
    "nenrin/core/messaging/transports/gateway.py": "the town's gateway; redirects are not followed",
    "nenrin/core/messaging/transports/line/": "LINE, or the town's stand-in",
    "nenrin/core/messaging/transports/webpush/http2_loop.py": "endpoint_rules.py: known services",
    "nenrin/core/operations/doctor/certificates.py": "our own public address",
    "nenrin/engines/payments/providers/payjp/": "PAY.JP, or the stand-in: the operator's options",
    "nenrin/engines/payments/providers/paypay/": "PayPay, or the stand-in: the operator's options",
    "nenrin/residents/alerts/feeds/client.py": "addresses.py: the feeds' own origin",
}


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _connects(path: Path) -> bool:
    return any(
        name == library or name.startswith(f"{library}.")
        for name in _imports(path)
        for library in NETWORK
    )


def test_every_module_that_connects_is_listed_with_its_guard():
    found = set()
    for path in (ROOT / "nenrin").rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        if "/tests/" not in name and "nenrin/rehearsal/" not in name and _connects(path):
            found.add(name)
    missing = sorted(name for name in found if not any(map(name.startswith, CONNECTS)))
    assert not missing, f"say in CONNECTS who may choose where these connect to: {missing}"
    assert [place for place in CONNECTS if not any(n.startswith(place) for n in found)] == []


@pytest.fixture
def inside() -> Iterator[socket.socket]:
    """Something that listens inside our network."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        yield listener


HOSTILE = (
    "http://127.0.0.1:{port}/push",
    "https://127.0.0.1:{port}/push",
    "https://localhost:{port}/push",
    "https://[::1]:{port}/push",
    "https://2130706433:{port}/push",
    "https://0x7f.1:{port}/push",
    "https://fcm.googleapis.com@127.0.0.1:{port}/push",
    "https://127.0.0.1:{port}#@fcm.googleapis.com/push",
    "https://127.0.0.1:{port}\\@fcm.googleapis.com/push",
    "https://fcm.googleapis.com:{port}/push",
    "https://fcm.googleapis.com.evil.example/push",
    "https://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/_x",
)


@pytest.mark.parametrize("address", HOSTILE)
def test_a_device_cannot_send_us_into_our_own_network(inside, address):
    """A browser names its push address; a forged one ends there, before any connection."""
    target = address.format(port=inside.getsockname()[1])
    options = WebPushOptions(vapid_private_key=make_vapid_key(), total_timeout=1.0)
    parcel = make_parcel(1, target, keys=Browser().keys)
    (outcome,) = WebPushTransport().send(options, make_words(), [parcel])
    assert outcome.fate in (Fate.PERMANENT, Fate.GONE)
    with pytest.raises(TimeoutError):
        inside.accept()
