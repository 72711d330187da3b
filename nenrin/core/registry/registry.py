"""A registry that refuses a second plug of the same name (STYLE 2)."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    """What a registry holds: anything with a stable ``key``."""

    @property
    def key(self) -> str: ...


PlugT = TypeVar("PlugT", bound=Named)


class AlreadyRegistered(Exception):
    """Two plugs claim one name; one of them must be renamed."""


class NotRegistered(LookupError):
    """No plug has this name; the message lists the names there are."""


class Registry(Generic[PlugT]):
    """Plugs in the order they were registered, found by their key."""

    def __init__(self, holds: str) -> None:
        self._holds = holds
        self._plugs: dict[str, PlugT] = {}

    def register(self, plug: PlugT) -> PlugT:
        """Add a plug; raises AlreadyRegistered for a name that is taken."""
        if plug.key in self._plugs:
            raise AlreadyRegistered(f"{self._holds} {plug.key!r} is registered already")
        self._plugs[plug.key] = plug
        return plug

    def get(self, key: str) -> PlugT:
        """Return the plug of this name; raises NotRegistered."""
        try:
            return self._plugs[key]
        except KeyError:
            known = ", ".join(self._plugs) or "none"
            raise NotRegistered(f"no {self._holds} {key!r}; there are: {known}") from None

    def __contains__(self, key: object) -> bool:
        return key in self._plugs

    def __iter__(self) -> Iterator[PlugT]:
        return iter(tuple(self._plugs.values()))

    def __len__(self) -> int:
        return len(self._plugs)
