"""An encrypted stream that shows every change and every cut.

The file: ``NENRINBK``, one byte of format version, four bytes of header length, the header (JSON),
and sealed chunks. Each chunk is AES-256-GCM under a key made from the passphrase by scrypt; its
nonce is the file's prefix, the chunk's number and a mark on the last one (the STREAM construction
of Hoang, Reyhanitabar, Rogaway and Vizár, 2015), and its associated data is everything before the
first chunk. So chunks cannot be changed, exchanged, repeated or left out at the end.
"""

import hashlib
import hmac
import io
import json
import os
import zlib
from typing import IO, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from .errors import BackupDamaged, NotABackup, WrongPassphrase

MAGIC: Final = b"NENRINBK"
VERSION: Final = 1
CHUNK: Final = 1024 * 1024
TAG: Final = 16
PREFIX: Final = 7
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1
MOST_SCRYPT_N: Final = 2**20
LONGEST_HEADER: Final = 4096
CUT_OFF = "バックアップの終わりが欠けています。別のバックアップを使ってください。"
CHANGED = "バックアップが途中で壊れています。別のバックアップを使ってください。"


class SealedWriter:
    """Compresses and seals what is written. Without `finish` the file counts as cut off."""

    def __init__(self, target: IO[bytes], passphrase: str) -> None:
        salt, self._prefix = os.urandom(16), os.urandom(PREFIX)
        key, check = _derive(passphrase, salt, SCRYPT_N)
        header = {
            "kdf": "scrypt",
            "n": SCRYPT_N,
            "salt": salt.hex(),
            "prefix": self._prefix.hex(),
            "check": check,
        }
        self._head = _head(json.dumps(header).encode())
        self._aead, self._target = AESGCM(key), target
        self._packer, self._waiting, self._number = zlib.compressobj(6), bytearray(), 0
        target.write(self._head)

    def write(self, data: bytes) -> None:
        """Add to the stream."""
        self._add(self._packer.compress(data))

    def finish(self) -> None:
        """Write the last chunk."""
        self._add(self._packer.flush())
        self._seal(bytes(self._waiting), is_last=True)

    def _add(self, packed: bytes) -> None:
        self._waiting += packed
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, is_last)
        self._target.write(self._aead.encrypt(nonce, chunk, self._head))
        self._number += 1


class SealedReader(io.RawIOBase):
    """What was written, chunk by chunk; nothing is handed out before it is proved.

    Raises NotABackup, WrongPassphrase and BackupDamaged.
    """

    def __init__(self, source: IO[bytes], passphrase: str) -> None:
        header, self._head = _read_head(source)
        try:
            salt, prefix = bytes.fromhex(header["salt"]), bytes.fromhex(header["prefix"])
            cost, check = int(header["n"]), str(header["check"])
        except (KeyError, TypeError, ValueError) as error:
            raise BackupDamaged(CHANGED) from error
        if not 2 <= cost <= MOST_SCRYPT_N or cost & (cost - 1) or len(prefix) != PREFIX:
            raise BackupDamaged(CHANGED)
        key, own_check = _derive(passphrase, salt, cost)
        if not hmac.compare_digest(check, own_check):
            raise WrongPassphrase("合言葉が違います。作ったときの合言葉を使ってください。")
        self._aead, self._prefix, self._source = AESGCM(key), prefix, source
        self._unpacker, self._ready, self._number = zlib.decompressobj(), bytearray(), 0
        self._sealed, self._is_over = source.read(CHUNK + TAG), False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._is_over:
            self._open_chunk()
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        del self._ready[:count]
        return count

    def _open_chunk(self) -> None:
        if len(self._sealed) < TAG:
            raise BackupDamaged(CUT_OFF)
        following = self._source.read(CHUNK + TAG)
        chunk = self._opened(self._sealed, is_last=not following)
        self._sealed, self._is_over = following, not following
        try:
            self._ready += self._unpacker.decompress(chunk)
        except zlib.error as error:
            raise BackupDamaged(CHANGED) from error

    def _opened(self, sealed: bytes, *, is_last: bool) -> bytes:
        nonce = _nonce(self._prefix, self._number, is_last)
        self._number += 1
        try:
            return self._aead.decrypt(nonce, sealed, self._head)
        except InvalidTag as error:
            raise BackupDamaged(CUT_OFF if is_last else CHANGED) from error


def _derive(passphrase: str, salt: bytes, cost: int) -> tuple[bytes, str]:
    """The key, and a check by which a wrong passphrase is told from a damaged file."""
    kdf = Scrypt(salt=salt, length=64, n=cost, r=SCRYPT_R, p=SCRYPT_P)
    made = kdf.derive(passphrase.encode())
    return made[:32], hashlib.sha256(made[32:]).hexdigest()[:32]


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


def _head(header: bytes) -> bytes:
    return MAGIC + bytes([VERSION]) + len(header).to_bytes(4, "big") + header


def _read_head(source: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    start = source.read(len(MAGIC) + 5)
    if not start.startswith(MAGIC) or len(start) < len(MAGIC) + 5:
        raise NotABackup("年輪のバックアップではありません。ファイルを確かめてください。")
    if start[len(MAGIC)] != VERSION:
        raise NotABackup("新しい版で作られたバックアップです。年輪を新しくしてから戻してください。")
    length = int.from_bytes(start[-4:], "big")
    header = source.read(min(length, LONGEST_HEADER))
    try:
        return json.loads(header), start + header
    except ValueError as error:
        raise BackupDamaged(CUT_OFF if len(header) < length else CHANGED) from error
