"""Take a file in, and give its bytes back."""

import hashlib
from collections.abc import Collection
from datetime import date
from io import BytesIO
from typing import IO, TypeAlias

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from .. import store
from ..errors import FileRefused
from ..kinds import FileKind, kind_of, labels
from ..models import StoredFile
from ..rules import safe_file_name
from ..scanning import scanners

MAX_BYTES = 20 * 1024 * 1024

Content: TypeAlias = bytes | IO[bytes]


@transaction.atomic
def store_file(
    *,
    content: Content,
    name: str,
    allowed: Collection[str],
    acting_user: str,
    purpose: str = "",
    keep_until: date | None = None,
) -> StoredFile:
    """Check and keep a file for the town in scope.

    ``content`` may be an upload of a form. ``allowed`` holds keys of `kinds.KINDS`. ``purpose``
    names the rule in `access.file_access` by which ``/files/<id>`` serves it. Raises FileRefused.
    """
    data, kind = inspect_file(content=content, allowed=allowed)
    stored = StoredFile.objects.create(
        name=safe_file_name(name, kind),
        kind=kind.key,
        content_type=kind.content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        purpose=purpose,
        stored_by=acting_user,
        keep_until=keep_until,
    )
    detail = {"kind": kind.key, "size": len(data), "sha256": stored.sha256}
    record_act(actor=acting_user, action="files.store", subject=f"file:{stored.pk}", detail=detail)
    store.write(stored, data)
    return stored


def inspect_file(*, content: Content, allowed: Collection[str]) -> tuple[bytes, FileKind]:
    """The bytes and what they are, once every scanner looked; keeps nothing. Raises FileRefused."""
    data = _whole(content)
    kind = _checked_kind(data, allowed)
    for scanner in scanners:
        scanner.check(data)
    return data, kind


def open_file(stored: StoredFile) -> BytesIO:
    """The bytes as a file; raises FileMissing."""
    return BytesIO(store.read(stored))


def _whole(content: Content) -> bytes:
    data = content if isinstance(content, bytes) else _read(content)
    if not data:
        raise FileRefused("ファイルが空です。もう一度選んでください。")
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise FileRefused(
            f"ファイルが大きすぎます（{limit}MBまで）。写真なら小さくして、もう一度選んでください。"
        )
    return data


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return bytes(file.read(MAX_BYTES + 1))


def _checked_kind(data: bytes, allowed: Collection[str]) -> FileKind:
    kind = kind_of(data)
    if kind is None:
        raise FileRefused(
            f"このファイルは読めません。壊れていないか確かめて、{labels(allowed)}を選んでください。"
        )
    if kind.key not in allowed:
        raise FileRefused(
            f"中身が{kind.label}のファイルは、ここでは受け取れません。"
            f"{labels(allowed)}を選んでください。"
        )
    return kind
