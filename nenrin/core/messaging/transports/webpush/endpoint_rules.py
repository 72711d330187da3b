"""Which addresses a push may go to: a browser names them, so they are checked like any input."""

import csv
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

HOSTS_FILE = Path(__file__).with_name("push_hosts.csv")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
LONGEST = 1000


class EndpointRefused(ValueError):
    """The address is not a push service's; the message is Japanese and may be shown."""


def check_endpoint(url: str, *, rehearsal: bool) -> str:
    """Return the origin of a push service's address; raise EndpointRefused for any other.

    Only the listed services' host names pass, so no address inside a network ever does. In a
    rehearsal https to this very machine passes too.
    """
    readable = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if not readable or len(url) > LONGEST:
        raise EndpointRefused("通知の宛先が正しい形ではありません。")
    end = url.find("/", len("https://"))
    return _check_origin(url if end < 0 else url[:end], rehearsal)


@lru_cache(maxsize=1024)
def _check_origin(start: str, rehearsal: bool) -> str:
    """Thousands of addresses begin alike: up to the path they are looked at once."""
    parts = _split(start)
    host = parts.hostname or ""
    if parts.scheme != "https":
        raise EndpointRefused("通知の宛先は https でなければなりません。")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise EndpointRefused("通知の宛先に利用者名を入れることはできません。")
    if rehearsal and host in LOOPBACK:
        return f"https://{parts.netloc}"
    if _port(parts) not in (None, 443):
        raise EndpointRefused("通知の宛先のポートは 443 でなければなりません。")
    if not is_push_service(host):
        raise EndpointRefused("通知の宛先が、知られている通知サービスではありません。")
    return f"https://{host}"


def is_push_service(host: str) -> bool:
    """Whether a host belongs to a known push service."""
    exact, parents = known_hosts()
    return host in exact or any(host.endswith("." + parent) for parent in parents)


@cache
def known_hosts() -> tuple[frozenset[str], tuple[str, ...]]:
    """Exact host names, and those whose subdomains count too."""
    with HOSTS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    exact = frozenset(row["host"] for row in rows if row["with_subdomains"] == "no")
    return exact, tuple(row["host"] for row in rows if row["with_subdomains"] == "yes")


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        raise EndpointRefused("通知の宛先が正しい形ではありません。") from None


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return -1
