"""Certificates that end soon: ours as the outside sees it, and any file a module trusts."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings

from .contract import Check, Finding

WARN_BEFORE = timedelta(days=21)
PATIENCE = 5.0


def ends_soon(pem: bytes, name: str) -> Iterator[Finding]:
    """A finding for each certificate of the text that is over or soon will be."""
    for certificate in x509.load_pem_x509_certificates(pem):
        left = certificate.not_valid_after_utc - datetime.now(UTC)
        if left < timedelta(0):
            yield Finding(f"{name} の証明書は期限切れです。", "新しい証明書に替えてください。")
        elif left < WARN_BEFORE:
            yield Finding(
                f"{name} の証明書の期限まで、あと {left.days} 日です。",
                "新しい証明書に替えるか、自動の更新を確かめてください。",
            )


def file_ends_soon(path: str) -> Iterator[Finding]:
    """The same for a file; one that cannot be read is a finding."""
    try:
        yield from ends_soon(Path(path).read_bytes(), path)
    except (OSError, ValueError):
        yield Finding(f"証明書のファイル {path} が読めません。", "場所と中身を確かめてください。")


def find_ending_certificate() -> Iterator[Finding]:
    """Look at the public address as a visitor's browser would; plain http has none."""
    parts = urlsplit(str(settings.NENRIN.public_url))
    if parts.scheme != "https" or not parts.hostname:
        return
    try:
        pem = _shown_by(parts.hostname, parts.port or 443)
    except OSError as error:
        yield Finding(
            f"{settings.NENRIN.public_url} につながりません（{type(error).__name__}）。",
            "Webサーバーの前の入口（リバースプロキシ）とDNSを確かめてください。",
        )
    else:
        yield from ends_soon(pem, parts.hostname)


def _shown_by(host: str, port: int) -> bytes:
    # Not verified: one that is over must be read as well, to say so.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection((host, port), PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        return ssl.DER_cert_to_PEM_cert(secure.getpeercert(binary_form=True) or b"").encode()


CERTIFICATE_CHECKS = (Check("certificate", "証明書の期限", find_ending_certificate),)
