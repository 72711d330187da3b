"""The rehearsal talks to this machine and to nobody else."""

import socket
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


class NotLoopback(ValueError):
    """An address outside this machine; the rehearsal neither binds nor calls it."""


class Target(NamedTuple):
    """Where a URL on this machine leads, ready for a socket and a request line."""

    secure: bool
    host: str
    port: int
    authority: str
    path: str


def is_loopback(host: str) -> bool:
    """True for 127.0.0.0/8, ::1, localhost and names under .localhost (RFC 6761)."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def require_loopback(host: str) -> str:
    """Return the address to bind; raises NotLoopback when others could reach it."""
    if not is_loopback(host):
        raise NotLoopback(
            f"the rehearsal serves this machine only: {host!r} is not a loopback address"
            " (use 127.0.0.1, ::1 or localhost)"
        )
    return "127.0.0.1" if host.lower().rstrip(".").endswith("localhost") else host


def require_free(host: str, port: int) -> None:
    """Raise OSError, naming the address, when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OSError(error.errno, f"{host}:{port} cannot be used: {error.strerror}") from None


def target_of(url: str) -> Target:
    """Split a URL for a request; raises NotLoopback for any host but this machine."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise NotLoopback(f"{url[:200]!r} is not a URL: {error}") from None
    if parts.scheme not in DEFAULT_PORTS or host is None or not is_loopback(host):
        raise NotLoopback(f"{url[:200]!r} does not lead to this machine")
    if not url.isascii() or any(character <= " " for character in url):
        raise NotLoopback(f"{url[:200]!r} has characters that a request line may not hold")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    peer = "localhost" if host.endswith("localhost") else host
    return Target(
        parts.scheme == "https",
        peer,
        port or DEFAULT_PORTS[parts.scheme],
        parts.netloc.rpartition("@")[2],
        path,
    )
