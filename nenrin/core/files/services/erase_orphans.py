"""Take away bytes that no row knows: their transaction was rolled back after they were written."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from nenrin.core.tenancy.scope import current_town_code

from ..models import StoredFile

# Longer than any transaction: a row that is about to be committed is never taken for missing.
LEAST_AGE = timedelta(days=1)


def erase_orphans() -> int:
    """Erase the orphans of the town in scope; returns how many there were."""
    before = timezone.now() - LEAST_AGE
    orphans = [
        path
        for path, name in _stored(current_town_code())
        if default_storage.get_modified_time(path) < before and not _is_known(name)
    ]
    for path in orphans:
        default_storage.delete(path)
    return len(orphans)


def _stored(town: str) -> Iterator[tuple[str, str]]:
    """Path and name of every file in the town's part of the store."""
    if not default_storage.exists(town):
        return
    for folder in default_storage.listdir(town)[0]:
        for name in default_storage.listdir(f"{town}/{folder}")[1]:
            yield f"{town}/{folder}/{name}", name


def _is_known(name: str) -> bool:
    try:
        return StoredFile.objects.filter(pk=uuid.UUID(name), erased_at=None).exists()
    except ValueError:
        return True
