"""The file store: a folder of this machine by default, any Django storage by settings."""

from contextlib import closing

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from .errors import FileMissing
from .models import StoredFile


def write(stored: StoredFile, content: bytes) -> None:
    """Keep the bytes; an id is used once, so nothing is ever replaced."""
    default_storage.save(stored.store_path, ContentFile(content))


def read(stored: StoredFile) -> bytes:
    """The bytes; raises FileMissing."""
    try:
        with closing(default_storage.open(stored.store_path)) as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise FileMissing(f"ファイル {stored.pk} は、もうありません。") from error


def erase(stored: StoredFile) -> None:
    """Take the bytes away; does nothing where there are none."""
    default_storage.delete(stored.store_path)
