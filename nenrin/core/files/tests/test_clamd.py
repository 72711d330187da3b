"""Against a socket that speaks clamd's protocol and knows the EICAR test file."""

import socketserver
import threading

import pytest

from nenrin.core.files.clamd import ClamdScanner
from nenrin.core.files.errors import FileRefused

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class _Clamd(socketserver.StreamRequestHandler):
    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
        if content == b"too long":
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        elif EICAR in content:
            self.wfile.write(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")
        else:
            self.wfile.write(b"stream: OK\0")


class _Quiet(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@pytest.fixture
def scanner(tmp_path):
    with _Quiet(str(tmp_path / "clamd.sock"), _Clamd) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield ClamdScanner(str(tmp_path / "clamd.sock"))
        server.shutdown()


@pytest.mark.parametrize("content", [b"", b"clean", b"x" * 1_000_000])
def test_a_clean_file_passes(scanner, content):
    scanner.check(content)


def test_a_virus_is_refused(scanner):
    with pytest.raises(FileRefused, match="ウイルスが見つかった"):
        scanner.check(b"x" * 300_000 + EICAR)


def test_what_was_not_looked_at_is_refused(scanner, tmp_path):
    with pytest.raises(FileRefused, match="終わりませんでした"):
        scanner.check(b"too long")
    for address in (str(tmp_path / "none.sock"), "127.0.0.1:1"):
        with pytest.raises(FileRefused, match="検査ができない"):
            ClamdScanner(address).check(b"clean")
