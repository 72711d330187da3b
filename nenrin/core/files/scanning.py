"""The port for virus scanners: what is registered sees every file before it is kept."""

from dataclasses import dataclass
from typing import Final, Protocol

from nenrin.core.registry.registry import Registry

from .errors import FileRefused

VIRUS: Final = "ウイルスが見つかったため、このファイルは受け取れません。"
# In two parts, so that a scanner does not take this file for the thing itself.
EICAR: Final = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner(Protocol):
    """Looks into a file."""

    @property
    def key(self) -> str: ...

    def check(self, content: bytes) -> None:
        """Return for a clean file; raise FileRefused for one that is not, or cannot be judged."""


scanners: Registry[Scanner] = Registry("file scanner")


@dataclass(frozen=True)
class KnowsTestString:
    """Finds the harmless string by which people try whether files are looked at.

    It is always there, so that the trial answers alike with and without a real scanner.
    """

    key: str = "eicar"

    def check(self, content: bytes) -> None:
        """Refuse what holds the string anywhere."""
        if EICAR in content:
            raise FileRefused(VIRUS)
