"""Starts the tests' push service with TLS on loopback, and ends it."""

import json
import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from nenrin.core.messaging.transports.tests.local_server import closed_port

APP = "nenrin.core.messaging.transports.webpush.tests.push_service:app"
START_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class LocalPush:
    base: str
    ca_file: str

    def seen(self) -> list[dict[str, Any]]:
        context = ssl.create_default_context(cafile=self.ca_file)
        with urllib.request.urlopen(f"{self.base}/seen", context=context, timeout=5) as answer:
            found: list[dict[str, Any]] = json.load(answer)
        return found


@contextmanager
def push_service(folder: Path, app: str = APP) -> Iterator[LocalPush]:
    certificate, key = make_certificate(folder)
    port = closed_port()
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--http", "auto"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "error"]
    command += ["--workers-kill-timeout", "1"]
    command += ["--ssl-certificate", str(certificate), "--ssl-keyfile", str(key), app]
    process = subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, start_new_session=True
    )
    push = LocalPush(f"https://localhost:{port}", str(certificate))
    try:
        _wait_for(push)
        yield push
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(push: LocalPush) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            push.seen()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName(
        [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    )
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "server.pem", folder / "server.key"
    paths[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths
