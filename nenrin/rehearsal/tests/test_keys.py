import ssl
from pathlib import Path

import pytest
from cryptography import x509

from nenrin.rehearsal.keys import device_keys, ensure_certificates


def test_same_seed_and_device_give_the_same_keys() -> None:
    first, again = device_keys(b"seed", "phone-1"), device_keys(b"seed", "phone-1")
    assert (first.p256dh_b64, first.auth_b64) == (again.p256dh_b64, again.auth_b64)
    assert len(first.p256dh) == 65
    assert len(first.auth) == 16


def test_keys_stay_the_same_between_releases() -> None:
    keys = device_keys(b"nenrin", "phone-1")
    assert keys.p256dh_b64[:16] == "BI5DhCVK3Em4JSw1"
    assert keys.auth_b64 == "o4Uw0Kzl0PSmfbaoJPRz6w"


@pytest.mark.parametrize(("seed", "device"), [(b"other", "phone-1"), (b"seed", "phone-2")])
def test_another_seed_or_device_gives_other_keys(seed: bytes, device: str) -> None:
    first, other = device_keys(b"seed", "phone-1"), device_keys(seed, device)
    assert first.p256dh_b64 != other.p256dh_b64
    assert first.auth_b64 != other.auth_b64


def test_certificates_are_made_once_and_kept(tmp_path: Path) -> None:
    paths = ensure_certificates(tmp_path / "made" / "here")
    before = paths.cert.read_bytes()
    assert ensure_certificates(tmp_path / "made" / "here") == paths
    assert paths.cert.read_bytes() == before
    assert paths.key.stat().st_mode & 0o077 == 0
    assert {path.name for path in paths.ca.parent.iterdir()} == {
        "ca.pem",
        "server.pem",
        "server.key",
    }


def test_broken_certificates_are_made_anew(tmp_path: Path) -> None:
    paths = ensure_certificates(tmp_path)
    paths.cert.write_text("not a certificate")
    ensure_certificates(tmp_path)
    x509.load_pem_x509_certificate(paths.cert.read_bytes())


def test_the_authority_may_vouch_for_this_machine_only(tmp_path: Path) -> None:
    paths = ensure_certificates(tmp_path)
    authority = x509.load_pem_x509_certificate(paths.ca.read_bytes())
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    names = [str(name.value) for name in limits.value.permitted_subtrees or []]
    assert names == ["localhost", "127.0.0.0/8", "::1/128"]
    context = ssl.create_default_context(cafile=str(paths.ca))
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(paths.cert, paths.key)
    _handshake(context, server)


def _handshake(context: ssl.SSLContext, server: ssl.SSLContext) -> None:
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [
        context.wrap_bio(to_client, to_server, server_hostname="localhost"),
        server.wrap_bio(to_server, to_client, server_side=True),
    ]
    for _ in range(4):
        for end in tuple(ends):
            try:
                end.do_handshake()
                ends.remove(end)
            except ssl.SSLWantReadError:
                pass
    assert not ends
