"""A virus scanner behind the port: ClamAV's daemon, spoken to over its socket (INSTREAM)."""

import socket
from dataclasses import dataclass
from typing import Final

from .errors import FileRefused
from .scanning import VIRUS

PIECE: Final = 256 * 1024
PATIENCE: Final = 30.0
LONGEST_ANSWER: Final = 4096


@dataclass(frozen=True)
class ClamdScanner:
    """``address`` is the path of a Unix socket, or host:port."""

    address: str
    key: str = "clamd"

    def check(self, content: bytes) -> None:
        """Return for a clean file. One that cannot be looked at is not taken: it may be ill."""
        try:
            answer = self._ask(content)
        except OSError as error:
            raise FileRefused(
                "いまウイルスの検査ができないため、ファイルを受け取れません。"
                "少し待ってから、もう一度選んでください。"
            ) from error
        if answer.endswith(b"FOUND"):
            raise FileRefused(VIRUS)
        if answer != b"stream: OK":
            raise FileRefused("ウイルスの検査が終わりませんでした。もう一度選んでください。")

    def _ask(self, content: bytes) -> bytes:
        with self._connect() as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                line.sendall(len(piece).to_bytes(4, "big") + piece)
            line.sendall(bytes(4))
            answer = b""
            while len(answer) < LONGEST_ANSWER and (part := line.recv(1024)):
                answer += part
        return answer.strip(b"\0\n ")

    def _connect(self) -> socket.socket:
        host, _, port = self.address.rpartition(":")
        if host and port.isdigit():
            return socket.create_connection((host, int(port)), PATIENCE)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        line.connect(self.address)
        return line
