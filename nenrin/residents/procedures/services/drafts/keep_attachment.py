"""Keep a file that an applicant attached: a photo as an upright JPEG, anything else as it is."""

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from nenrin.core.files.documents.apart import as_jpeg, text_of
from nenrin.core.files.errors import FileRefused
from nenrin.core.files.models import StoredFile
from nenrin.core.files.services.store_file import inspect_file, store_file
from nenrin.engines.forms.fields.contract import Question, Refused
from nenrin.engines.forms.fields.rich.file import FileQuestion
from nenrin.engines.forms.fields.text_rules import MY_NUMBER_WORDS, holds_my_number

from ...models import Application, ApplicationFile

PURPOSE = "applications"
KINDS = {"pdf": ("pdf",), "photo": ("jpeg", "png", "heic"), "sheet": ("csv",)}


@transaction.atomic
def keep_attachment(
    *, application: Application, question: Question, upload: "UploadedFile[Any]", acting_user: str
) -> dict[str, Any]:
    """Store the file; returns the reference that the answer holds.

    Raises Refused for what cannot be taken, also for a My Number in its name or in a PDF's text.
    """
    if not isinstance(question, FileQuestion):
        raise Refused("ここではファイルを受け取れません。")
    name = str(upload.name or "")
    if holds_my_number(name):
        raise Refused(MY_NUMBER_WORDS)
    allowed = [kind for accepted in question.accepts for kind in KINDS[accepted]]
    try:
        content, name = _readable(upload, name, allowed)
        stored = store_file(
            content=content, name=name, allowed=allowed, acting_user=acting_user, purpose=PURPOSE
        )
    except FileRefused as refusal:
        shown = f"「{PurePath(name).name[:60]}」: " if name else ""
        raise Refused(f"{shown}{refusal}") from refusal
    ApplicationFile.objects.create(application=application, file=stored, question=question.name)
    return reference(stored)


def reference(stored: StoredFile) -> dict[str, Any]:
    """A stored file as an answer refers to it."""
    return {
        "id": str(stored.pk),
        "name": stored.name,
        "type": stored.content_type,
        "bytes": stored.size,
    }


def _readable(upload: "UploadedFile[Any]", name: str, allowed: list[str]) -> tuple[bytes, str]:
    """What everybody's screen and printer can show, under a name that fits. Raises Refused."""
    content, kind = inspect_file(content=upload.read(), allowed=allowed)
    if kind.key in KINDS["photo"]:
        return as_jpeg(content), f"{PurePath(name).stem or '写真'}.jpg"
    if kind.key == "pdf" and holds_my_number(text_of(content)):
        raise Refused(MY_NUMBER_WORDS)
    return content, name
