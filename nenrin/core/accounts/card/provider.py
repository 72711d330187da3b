"""The card service: its addresses and keys by OpenID discovery, asked for once an hour."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from .refusals import CardTrouble, Trouble

DISCOVERY = "/.well-known/openid-configuration"
PATIENCE = (4.0, 10.0)
KEPT_SECONDS, SULKING_SECONDS = 3600.0, 5.0
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass
class Provider:
    """Where to go. Redirects are never followed, so that nobody but the issuer says where."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    userinfo_endpoint: str
    jwks_uri: str
    read_at: float = field(default_factory=time.monotonic)
    keys: KeySet | None = None

    def signing_keys(self, *, fresh: bool = False) -> KeySet:
        """The service's public keys; ``fresh`` where a key is not among the known ones."""
        if self.keys is None or fresh:
            try:
                self.keys = KeySet.import_key_set(_key_set(get_json(self.jwks_uri)))
            except (JoseError, KeyError, TypeError, ValueError) as error:
                raise CardTrouble(Trouble.DOWN, "keys unreadable") from error
        return self.keys


_known: dict[str, Provider] = {}
_sulking: dict[str, float] = {}
_lock = threading.Lock()


def provider() -> Provider:
    """The service this installation names. Raises CardTrouble. Speaks to the network."""
    issuer = str(settings.NENRIN.card_issuer).rstrip("/")
    if not issuer:
        raise CardTrouble(Trouble.OFF, "no issuer")
    with _lock:
        found = _known.get(issuer)
        if found and time.monotonic() - found.read_at < KEPT_SECONDS:
            return found
        if time.monotonic() < _sulking.get(issuer, 0.0):
            raise CardTrouble(Trouble.DOWN, "did not answer a moment ago")
    try:
        made = _discover(issuer)
    except CardTrouble:
        _sulking[issuer] = time.monotonic() + SULKING_SECONDS
        raise
    _known[issuer] = made
    return made


def forget_providers() -> None:
    """Ask anew: for tests, and after the service was down."""
    _known.clear()
    _sulking.clear()


def _discover(issuer: str) -> Provider:
    _require_safe(issuer)
    said = get_json(issuer + DISCOVERY)
    if str(said.get("issuer", "")).rstrip("/") != issuer:
        raise CardTrouble(Trouble.DOUBTFUL, "discovery names another issuer")
    found = Provider(
        issuer=str(said["issuer"]),
        authorization_endpoint=str(said.get("authorization_endpoint", "")),
        token_endpoint=str(said.get("token_endpoint", "")),
        userinfo_endpoint=str(said.get("userinfo_endpoint", "")),
        jwks_uri=str(said.get("jwks_uri", "")),
    )
    for place in (found.authorization_endpoint, found.token_endpoint, found.userinfo_endpoint):
        _require_safe(place)
    _require_safe(found.jwks_uri)
    return found


def _key_set(said: dict[str, Any]) -> KeySetSerialization:
    return {"keys": said["keys"]}


def _require_safe(address: str) -> None:
    """HTTPS always; plain HTTP only on this machine, in a rehearsal."""
    parts = urlsplit(address)
    here = settings.NENRIN.rehearsal and parts.hostname in LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and here)):
        raise CardTrouble(Trouble.DOWN, "an address is not HTTPS")


def get_json(address: str) -> dict[str, Any]:
    """What the service says at an address. Raises CardTrouble."""
    try:
        answer = requests.get(address, timeout=PATIENCE, allow_redirects=False)
        found = answer.json() if answer.status_code == requests.codes.ok else None
    except requests.RequestException as error:
        raise CardTrouble(Trouble.DOWN, type(error).__name__) from error
    if not isinstance(found, dict):
        raise CardTrouble(Trouble.DOWN, f"status {answer.status_code}")
    return found
