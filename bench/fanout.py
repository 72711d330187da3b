"""Ten thousand pushes of 300 bytes, sealed and handed to a push service on this machine.

The push service is nginx with HTTP/2 and TLS, which takes every body and answers 201; all use it.
Ours goes through the transport as a worker calls it: in shards, two jobs at a time on two cores,
with keys claimed beforehand. The floor, too, has two threads.
"""

import secrets
import statistics
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import pycurl
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bench.figure import OURS, Cost, Figure, Skipped, clocked, in_turn
from bench.machine import environments, nginx
from bench.peers import libcurl
from nenrin.core.messaging.transports.contract import Fate, Parcel, Words
from nenrin.core.messaging.transports.webpush.encoding import encode_base64url
from nenrin.core.messaging.transports.webpush.encryption import make_sealing_key, seal
from nenrin.core.messaging.transports.webpush.headers import message_headers
from nenrin.core.messaging.transports.webpush.options import WebPushOptions
from nenrin.core.messaging.transports.webpush.payload import PayloadWriter
from nenrin.core.messaging.transports.webpush.transport import WebPushTransport
from nenrin.core.messaging.transports.webpush.vapid import (
    Signer,
    application_server_key,
    load_vapid_key,
    make_vapid_key,
)
from nenrin.rehearsal.certificates import CertificatePaths, ensure_certificates

PUSHES = 10_000
PAYLOAD_BYTES = 300
RUNS = 3
JOBS = 2
SUBJECT = "mailto:bench@localhost"
SERVER = """
    listen 127.0.0.1:PORT ssl http2;
    ssl_certificate {cert}; ssl_certificate_key {key};
    location / {{ return 201; }}
"""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser gives to the town."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class Course:
    """What all contestants share."""

    base: str
    ca_file: str
    vapid_pem: str
    subscriptions: list[Subscription]


def measure() -> list[Figure]:
    """Pushes per second, and the sender's processor time for each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = ensure_certificates(folder / "ca")
        server = SERVER.format(cert=paths.cert, key=paths.key)
        with nginx.serving(folder, server) as port:
            return _figures(_course(port, paths))


def _figures(course: Course) -> list[Figure]:
    contestants = {
        OURS: lambda: _ours(course),
        "libcurl alone": lambda: _floor(course),
        "pywebpush async": lambda: _python(course, "pywebpush_async.py"),
        "web-push (node)": lambda: _node(course),
        "pywebpush 32 threads": lambda: _python(course, "pywebpush_threads.py"),
    }
    _ours(course)
    costs, notes = in_turn(contestants, RUNS)
    walls = {name: statistics.median(cost.wall for cost in run) for name, run in costs.items()}
    spent = {name: statistics.median(cost.processor for cost in run) for name, run in costs.items()}
    rates = {name: PUSHES / wall for name, wall in walls.items()}
    each = {name: seconds / PUSHES * 1e6 for name, seconds in spent.items()}
    return [
        Figure("fanout", rates.pop(OURS), "pushes/s", rates, _versions(), tuple(notes)),
        Figure("fanout_processor", each.pop(OURS), "µs/push", each),
    ]


def _course(port: int, paths: CertificatePaths) -> Course:
    base = f"https://localhost:{port}"
    people = [_subscription(base) for _ in range(PUSHES)]
    return Course(base, str(paths.ca), make_vapid_key(), people)


def _subscription(base: str) -> Subscription:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Subscription(
        f"{base}/wpush/v2/{secrets.token_urlsafe(96)}",
        encode_base64url(point),
        encode_base64url(secrets.token_bytes(16)),
    )


def _ours(course: Course) -> Cost:
    options = WebPushOptions(
        vapid_private_key=course.vapid_pem,
        vapid_subject=SUBJECT,
        rehearsal=True,
        ca_file=course.ca_file,
    )
    parcels = [_parcel(number, one) for number, one in enumerate(course.subscriptions)]
    return clocked(lambda: _send_all(options, _words(parcels[-1]), parcels))


def _send_all(options: WebPushOptions, words: Words, parcels: list[Parcel]) -> None:
    transport = WebPushTransport()
    size = transport.shard_size
    shards = [parcels[start : start + size] for start in range(0, len(parcels), size)]
    with ThreadPoolExecutor(JOBS) as jobs:
        outcomes = [jobs.submit(list, transport.send(options, words, shard)) for shard in shards]
    sent = sum(one.fate is Fate.SENT for done in outcomes for one in done.result())
    if sent != len(parcels):
        raise Skipped(f"{len(parcels) - sent} 通を渡せません")


def _parcel(number: int, one: Subscription) -> Parcel:
    token = f"063614-{number:06}-3vq7f2k5mz4wq8xa"
    return Parcel(
        delivery_id=number,
        address=one.endpoint,
        keys={"p256dh": one.p256dh, "auth": one.auth},
        link=f"https://kaneyama.example/m/{token}",
        receipt=f"https://kaneyama.example/r/{token}",
        material=make_sealing_key(one.p256dh, one.auth),
    )


def _words(parcel: Parcel, body: str = "") -> Words:
    """Words whose payload has exactly the bytes wanted."""
    now = datetime.now(UTC)
    words = Words(
        message_id="0f1e2d3c-4b5a-4678-8796-a5b4c3d2e1f0",
        town_code="063614",
        town_name="金山町",
        heading="【訓練】避難指示",
        body=body,
        easy_body="",
        reading="",
        severity=4,
        is_drill=True,
        asks_safety=True,
        released_at=now,
        expires_at=now + timedelta(hours=3),
    )
    missing = PAYLOAD_BYTES - len(PayloadWriter(words).write(parcel))
    return words if missing == 0 else _words(parcel, body + "." * missing)


def _floor(course: Course) -> Cost:
    signed = Signer().authorization(course.vapid_pem, course.base, SUBJECT)
    parcels = [_parcel(number, one) for number, one in enumerate(course.subscriptions)]
    words = _words(parcels[-1])
    headers = [*message_headers(words, datetime.now(UTC)), f"Authorization: {signed}"]
    bodies = [(p.address, seal(p.material, bytes(PAYLOAD_BYTES))) for p in parcels]  # type: ignore[arg-type]
    return Cost(*libcurl.push(bodies, headers, course.ca_file, JOBS))


def _python(course: Course, script: str) -> Cost:
    return _peer(course, lambda task: environments.run_python(script, task))


def _node(course: Course) -> Cost:
    return _peer(course, lambda task: environments.run_node("web_push.cjs", task))


def _peer(course: Course, run: Callable[[dict[str, object]], dict[str, float]]) -> Cost:
    number = load_vapid_key(course.vapid_pem).private_numbers().private_value
    task: dict[str, object] = {
        "ca_file": course.ca_file,
        "vapid_pem": course.vapid_pem,
        "vapid_public": application_server_key(course.vapid_pem),
        "vapid_private": encode_base64url(number.to_bytes(32, "big")),
        "subject": SUBJECT,
        "data": "x" * PAYLOAD_BYTES,
        "subscriptions": [
            {"endpoint": one.endpoint, "keys": {"p256dh": one.p256dh, "auth": one.auth}}
            for one in course.subscriptions
        ],
    }
    told = run(task)
    return Cost(told["wall"], told["processor"])


def _versions() -> dict[str, str]:
    return {
        "nginx": nginx.version(),
        "libcurl": pycurl.version_info()[1],
        "pycurl": version("pycurl"),
        "pywebpush": environments.pinned("requirements.txt", "pywebpush"),
        "aiohttp": environments.pinned("requirements.txt", "aiohttp"),
        "web-push": environments.pinned("package.json", "web-push"),
    }
