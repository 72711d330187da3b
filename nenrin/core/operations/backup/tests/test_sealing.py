import io
import os

import pytest

from nenrin.core.operations.backup import sealing
from nenrin.core.operations.backup.entries import END, EntryWriter, read_entries
from nenrin.core.operations.backup.errors import BackupDamaged, NotABackup, WrongPassphrase
from nenrin.core.operations.backup.sealing import SealedReader, SealedWriter

WORDS = "正しい 合言葉 です"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(sealing, "SCRYPT_N", 2)
    monkeypatch.setattr(sealing, "CHUNK", 1024)


def _sealed(content, words=WORDS):
    target = io.BytesIO()
    writer = SealedWriter(target, words)
    for start in range(0, len(content), 700):
        writer.write(content[start : start + 700])
    writer.finish()
    return target.getvalue()


def _opened(data, words=WORDS):
    return io.BufferedReader(SealedReader(io.BytesIO(data), words)).read()


@pytest.mark.parametrize("size", [0, 1, 1024, 10_000])
def test_what_goes_in_comes_out(size):
    content = os.urandom(size)
    assert _opened(_sealed(content)) == content


def test_nothing_can_be_read_in_the_file():
    assert "金山".encode() not in _sealed("金山町の住民".encode())


def test_the_same_content_is_sealed_anew_each_time():
    assert _sealed(b"a" * 100) != _sealed(b"a" * 100)


def test_a_wrong_passphrase_is_told_as_such():
    with pytest.raises(WrongPassphrase, match="合言葉が違います"):
        _opened(_sealed(b"x"), "ほかの 合言葉 です")


def test_every_changed_byte_is_found():
    sealed = _sealed(os.urandom(3000))
    for at in range(13, len(sealed), 41):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises((BackupDamaged, WrongPassphrase)):
            _opened(bytes(changed))


def test_every_cut_is_found():
    sealed = _sealed(os.urandom(3000))
    start = len(sealed) % 7
    for length in range(start, len(sealed), 7):
        with pytest.raises((BackupDamaged, NotABackup)):
            _opened(sealed[:length])


def test_a_cut_between_two_chunks_is_found():
    sealed = _sealed(os.urandom(3000))
    head = len(sealed) - _length_of_chunks(sealed)
    for count in (1, 2):
        with pytest.raises(BackupDamaged, match="終わりが欠けています"):
            _opened(sealed[: head + count * (1024 + 16)])


def test_chunks_cannot_be_exchanged():
    sealed = _sealed(os.urandom(3000))
    head, full = len(sealed) - _length_of_chunks(sealed), 1024 + 16
    first, second = sealed[head : head + full], sealed[head + full : head + 2 * full]
    with pytest.raises(BackupDamaged):
        _opened(sealed[:head] + second + first + sealed[head + 2 * full :])


def _length_of_chunks(sealed):
    return len(sealed) - 13 - int.from_bytes(sealed[9:13], "big")


def test_other_files_and_newer_formats_are_refused():
    with pytest.raises(NotABackup, match="年輪のバックアップではありません"):
        _opened(b"PK\x03\x04 something else")
    newer = bytearray(_sealed(b"x"))
    newer[8] += 1
    with pytest.raises(NotABackup, match="新しい版"):
        _opened(bytes(newer))


def _stream(*entries):
    target = io.BytesIO()
    writer = EntryWriter(target)
    for kind, content in entries:
        writer.whole(kind, content)
    return target.getvalue()


def test_entries_come_back_and_unread_ones_are_passed_over():
    stream = _stream(("table", b"one"), ("file", b"two"), (END, b""))
    kinds = [entry.kind for entry in read_entries(io.BytesIO(stream))]
    assert kinds == ["table", "file", END]
    read = [b"".join(entry.content) for entry in read_entries(io.BytesIO(stream))]
    assert read == [b"one", b"two", b""]


def test_a_stream_without_its_end_is_damaged():
    with pytest.raises(BackupDamaged):
        list(read_entries(io.BytesIO(_stream(("table", b"one")))))
    with pytest.raises(BackupDamaged):
        list(read_entries(io.BytesIO(_stream((END, b"")) + b"more")))
