"""A disk, a key file and certificates that are really in the bad state."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from nenrin.core.operations.doctor import certificates, machine


def _found(found):
    return " ".join(finding.what for finding in found)


@pytest.fixture
def state_dir(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(settings.NENRIN, "state_dir", tmp_path)
    return tmp_path


def test_a_disk_with_room_is_no_finding_and_a_full_one_is(state_dir, monkeypatch):
    monkeypatch.setattr(machine, "LEAST_FREE_BYTES", 0)
    monkeypatch.setattr(machine, "LEAST_FREE_SHARE", 0.0)
    assert _found(machine.find_full_disk()) == ""
    monkeypatch.setattr(machine, "LEAST_FREE_SHARE", 1.01)
    assert "空きが、あと" in _found(machine.find_full_disk())


def test_a_key_that_others_can_read_is_told(state_dir):
    key = state_dir / "secret-key"
    key.write_text("x")
    key.chmod(0o600)
    assert _found(machine.find_open_key()) == ""
    key.chmod(0o644)
    assert "ほかの利用者にも読めます" in _found(machine.find_open_key())


@pytest.fixture
def made(tmp_path):
    def certificate(days):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = datetime.now(UTC)
        signed = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=400))
            .not_valid_after(now + timedelta(days=days, minutes=5))
            .sign(key, hashes.SHA256())
        )
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path = tmp_path / f"{days}.pem"
        path.write_bytes(signed.public_bytes(Encoding.PEM) + private)
        return path

    return certificate


@pytest.mark.parametrize(
    ("days", "words"), [(90, ""), (3, "期限まで、あと 3 日"), (-1, "期限切れ")]
)
def test_a_certificate_file_is_read(made, days, words):
    found = _found(certificates.file_ends_soon(str(made(days))))
    assert words in found and bool(found) == bool(words)


def test_a_certificate_file_that_is_not_there_is_told(tmp_path):
    assert "読めません" in _found(certificates.file_ends_soon(str(tmp_path / "none.pem")))


@pytest.fixture
def shown(settings, monkeypatch):
    """Serve one TLS handshake with a certificate; the public address points there."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve(path):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)

        def once():
            plain, _ = listener.accept()
            with context.wrap_socket(plain, server_side=True):
                pass

        threading.Thread(target=once, daemon=True).start()
        address = f"https://localhost:{listener.getsockname()[1]}"
        monkeypatch.setattr(settings.NENRIN, "public_url", address)

    yield serve
    listener.close()


@pytest.mark.parametrize(("days", "words"), [(90, ""), (-1, "localhost の証明書は期限切れ")])
def test_the_public_address_is_looked_at_from_outside(made, shown, days, words):
    shown(made(days))
    found = _found(certificates.find_ending_certificate())
    assert words in found and bool(found) == bool(words)


def test_a_public_address_that_does_not_answer_is_told(settings, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setattr(settings.NENRIN, "public_url", f"https://localhost:{port}")
    assert "つながりません" in _found(certificates.find_ending_certificate())
