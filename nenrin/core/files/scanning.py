"""The port for virus scanners: what is registered sees every file before it is kept."""

from typing import Protocol

from nenrin.core.registry.registry import Registry


class Scanner(Protocol):
    """Looks into a file."""

    @property
    def key(self) -> str: ...

    def check(self, content: bytes) -> None:
        """Return for a clean file; raise FileRefused for one that is not, or cannot be judged."""


scanners: Registry[Scanner] = Registry("file scanner")
