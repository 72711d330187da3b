"""Who may read a stored file: each purpose's owner says so, and nobody else may."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from nenrin.core.registry.registry import Registry

from .models import StoredFile


@dataclass(frozen=True)
class FileAccess:
    """The rule of one purpose; its ``key`` is what `store_file` was given as ``purpose``."""

    key: str
    may_read: Callable[[HttpRequest, StoredFile], bool]


file_access: Registry[FileAccess] = Registry("file access rule")


def readable_file(request: HttpRequest, file_id: UUID | str) -> StoredFile | None:
    """The one door: the file of the town in scope, if its purpose's rule lets this person in."""
    found = StoredFile.objects.filter(pk=file_id, erased_at=None).first()
    if found is None or found.purpose not in file_access:
        return None
    return found if file_access.get(found.purpose).may_read(request, found) else None
