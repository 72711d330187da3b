"""A gateway that leaves documents in a folder, for the prefecture's terminal or a relay to take."""

from pathlib import Path

from nenrin.core.messaging.transports.state_files import (
    safe_name,
    state_folder,
    town_folder,
    write_atomically,
)

from .port import Document


def lalert_identifier(town_code: str, event: int) -> str:
    """The document of an event's orders."""
    return f"{town_code}-order-{event}"


class FolderGateway:
    """Writes one file per revision below the state folder; a second time writes the same."""

    def __init__(self, town_code: str) -> None:
        self._folder = town_folder("lalert", town_code)

    def hand_over(self, document: Document, content: bytes) -> str:
        """Write the file; returns its path below the state folder."""
        path = self._folder / f"{safe_name(document.identifier)}-{document.revision:03d}.xml"
        write_atomically(path, content)
        return str(path.relative_to(state_folder()))

    def newest(self, identifier: str) -> Path | None:
        """The newest revision of a document that was handed over."""
        found = sorted(self._folder.glob(f"{safe_name(identifier)}-[0-9][0-9][0-9].xml"))
        return found[-1] if found else None
