"""What each provider took, refused and handed over, so that a test can prove it."""

from collections import Counter
from collections.abc import Iterator

PROVIDERS = ("push", "line", "sms", "voice", "mail", "tablet")
DROPS_COPIES = frozenset({"push", "tablet"})


class UnknownProvider(LookupError):
    """No provider has this name."""


class ProviderJournal:
    """Counts of one provider, and per message how many copies reached each device."""

    def __init__(self, provider: str) -> None:
        self.provider = provider
        self.accepted = 0
        self.repeated = 0
        self.unreadable = 0
        self.waiting = 0
        self.refused: Counter[str] = Counter()
        self.faulted: Counter[str] = Counter()
        self._copies: dict[str, dict[str, int]] = {}

    def arrived(self, device_id: str, message_id: str) -> bool:
        """Count a copy on a device; True for the first of this message."""
        copies = self._copies.setdefault(message_id, {})
        copies[device_id] = copies.get(device_id, 0) + 1
        return copies[device_id] == 1

    def summary(self) -> dict[str, object]:
        """Totals, without the lists of devices."""
        arrivals = [sum(copies.values()) for copies in self._copies.values()]
        first = sum(map(len, self._copies.values()))
        return {
            "provider": self.provider,
            "accepted": self.accepted,
            "repeated": self.repeated,
            "refused": dict(self.refused),
            "faulted": dict(self.faulted),
            "unreadable": self.unreadable,
            "waiting": self.waiting,
            "devices": len({device for copies in self._copies.values() for device in copies}),
            "arrived_total": first,
            "duplicates_total": sum(arrivals) - first,
        }

    def details(self) -> dict[str, object]:
        """Totals, what each device shows, and second copies by message and device."""
        duplicates = {
            message: extra
            for message, copies in self._copies.items()
            if (extra := {device: n - 1 for device, n in copies.items() if n > 1})
        }
        return {**self.summary(), "shown": self._shown(), "duplicates": duplicates}

    def _shown(self) -> dict[str, list[str]]:
        """Only an app drops a second copy; a letter, a text or a call would come twice."""
        shown: dict[str, list[str]] = {}
        for message, copies in self._copies.items():
            for device, count in copies.items():
                times = 1 if self.provider in DROPS_COPIES else count
                shown.setdefault(device, []).extend([message] * times)
        return shown


class Journal:
    """One journal per provider, found by name."""

    def __init__(self) -> None:
        self._providers = {name: ProviderJournal(name) for name in PROVIDERS}

    def __getitem__(self, provider: str) -> ProviderJournal:
        try:
            return self._providers[provider]
        except KeyError:
            known = ", ".join(PROVIDERS)
            raise UnknownProvider(f"no provider {provider!r}; there are: {known}") from None

    def __iter__(self) -> Iterator[ProviderJournal]:
        return iter(tuple(self._providers.values()))

    def clear(self, provider: str) -> None:
        """Start this provider's counts again from nothing."""
        waiting = self[provider].waiting
        self._providers[provider] = ProviderJournal(provider)
        self._providers[provider].waiting = waiting
