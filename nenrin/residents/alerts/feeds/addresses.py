"""Which addresses may be fetched: the feeds' own host and nothing else."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from .errors import AddressRefused

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class FeedBase:
    """The checked address under which the feeds lie."""

    url: str
    origin: str

    def feed(self, name: str) -> str:
        """Address of a feed by its file name."""
        return urljoin(self.url, name)

    def telegram(self, link: str) -> str:
        """A feed's link as an address on our own origin.

        Raises AddressRefused for a link to anywhere else. An http link to a host we reach over
        https is followed over https.
        """
        ours, theirs = _split(self.origin), _split(link)
        same_host = theirs.hostname == ours.hostname and theirs.username is None
        upgraded = (theirs.scheme, _port(theirs), _port(ours)) == ("http", 80, 443)
        same_door = (theirs.scheme, _port(theirs)) == (ours.scheme, _port(ours))
        if not (same_host and (same_door or upgraded)):
            raise AddressRefused(f"フィードと違う場所の電文は取りに行きません: {link[:200]}")
        return self.origin + (theirs.path or "/") + (f"?{theirs.query}" if theirs.query else "")


def feed_base(address: str, *, rehearsal: bool) -> FeedBase:
    """Check the configured base: https outside, and in a rehearsal loopback only.

    Raises AddressRefused.
    """
    parts = _split(address)
    if rehearsal:
        if not _is_loopback(parts.hostname or ""):
            raise AddressRefused(f"リハーサルでは本物のフィードを取りに行きません: {address}")
    elif parts.scheme != "https":
        raise AddressRefused(f"フィードの場所は https に限ります: {address}")
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.username is not None:
        raise AddressRefused(f"フィードの場所として使えません: {address}")
    return FeedBase(address.rstrip("/") + "/", f"{parts.scheme}://{parts.netloc}")


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _port(parts)
    except ValueError as error:
        raise AddressRefused(f"アドレスとして読めません: {address[:200]}") from error
    return parts


def _port(parts: SplitResult) -> int | None:
    return parts.port or DEFAULT_PORTS.get(parts.scheme)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
