"""Faults on purpose: providers that fail, slow down or fall silent, wholly or in part."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nenrin.rehearsal.journal import UnknownProvider

FAULTY = ("push", "line", "sms", "voice", "mail")
KNOWN = {"mode", "status", "retry_after", "rate", "hang", "count", "devices", "after_accepting"}


class BadFault(ValueError):
    """A fault that cannot be set; the message says which field and why."""


@dataclass(slots=True)
class Fault:
    """How a provider misbehaves; `count` requests long, or until it is told otherwise.

    With `after_accepting` the request is carried out and only its answer is lost.
    """

    status: int = 500
    retry_after: int | None = None
    rate: float = 1.0
    hang: bool = False
    count: int | None = None
    devices: frozenset[str] | None = None
    after_accepting: bool = False
    _share: float = 0.0

    def strikes(self, device_id: str) -> bool:
        """Whether this request is one of those to fail; the shares are exact, not random."""
        if self.devices is not None and device_id not in self.devices:
            return False
        if self.count == 0:
            return False
        self._share += self.rate
        if self._share < 1.0 - 1e-9:
            return False
        self._share -= 1.0
        if self.count is not None:
            self.count -= 1
        return True


def read_fault(wish: Mapping[str, Any]) -> Fault | None:
    """Read the JSON of a fault, None for mode ok; raises BadFault."""
    unknown = set(wish) - KNOWN
    if unknown:
        raise BadFault(
            f"unknown field {sorted(unknown)[0]!r}; there are: {', '.join(sorted(KNOWN))}"
        )
    mode = wish.get("mode")
    if mode not in ("ok", "status", "hang"):
        raise BadFault("mode must be ok, status or hang")
    if mode == "ok":
        return None
    devices = wish.get("devices")
    if devices is not None and not _strings(devices):
        raise BadFault("devices must be a list of device ids")
    return Fault(
        status=_whole(wish, "status", 400, 599) or 500,
        retry_after=_whole(wish, "retry_after", 0, 86_400),
        rate=_rate(wish.get("rate", 1.0)),
        hang=mode == "hang" or wish.get("hang") is True,
        count=_whole(wish, "count", 1, 1_000_000_000),
        devices=None if devices is None else frozenset(devices),
        after_accepting=wish.get("after_accepting") is True,
    )


class Faults:
    """The fault in force at each provider."""

    def __init__(self, wishes: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self._faults: dict[str, Fault] = {}
        for provider, wish in (wishes or {}).items():
            self.set(provider, wish)

    def set(self, provider: str, wish: Mapping[str, Any]) -> None:
        """Put a fault in force or lift it; raises BadFault or UnknownProvider."""
        if provider not in FAULTY:
            raise UnknownProvider(f"no provider {provider!r}; there are: {', '.join(FAULTY)}")
        fault = read_fault(wish)
        self._faults.pop(provider, None)
        if fault is not None:
            self._faults[provider] = fault

    def strike(self, provider: str, device_id: str = "") -> Fault | None:
        """Return the fault if it hits this request."""
        fault = self._faults.get(provider)
        return fault if fault is not None and fault.strikes(device_id) else None


def _strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _whole(wish: Mapping[str, Any], name: str, low: int, high: int) -> int | None:
    value = wish.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise BadFault(f"{name} must be a whole number from {low} to {high}")
    return value


def _rate(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise BadFault("rate must be from 0 to 1")
    return float(value)
