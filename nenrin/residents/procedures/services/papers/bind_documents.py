"""Bind the photos of one document into one PDF, when the application is sent."""

from collections.abc import Iterator
from typing import Any

from nenrin.core.files.documents.apart import as_jpeg, bind
from nenrin.core.files.models import StoredFile
from nenrin.core.files.services.erase_files import erase_file
from nenrin.core.files.services.store_file import open_file, store_file
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.fields.contract import Question
from nenrin.engines.forms.fields.rich.file import FileQuestion
from nenrin.engines.forms.fields.rich.group import GroupQuestion

from ...models import Application, ApplicationFile
from ..drafts.keep_attachment import PURPOSE, reference

BOUND = frozenset({"jpeg", "pdf"})
MOST_BYTES = 19_000_000
SMALLER = {"longest": 1600, "quality": 70}


def bind_documents(
    *, application: Application, definition: Definition, acting_user: str
) -> dict[str, Any]:
    """The answers with one PDF where a document came in several photos, in the order given.

    Works in the caller's transaction. What is bound is erased; what would be too large for one
    file, or is a table, stays as it came.
    """
    answers = dict(application.answers)
    for _, question in definition.questions():
        for holder, inner in _places(question, answers):
            held = holder.get(inner.name) or []
            if len(held) > 1:
                holder[inner.name] = _bound(application, inner, held, acting_user)
    return answers


def _places(
    question: Question, answers: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], FileQuestion]]:
    """Where a question's files stand: in the answers, or in each item of a group."""
    if isinstance(question, FileQuestion):
        yield answers, question
    elif isinstance(question, GroupQuestion) and question.name in answers:
        answers[question.name] = items = [dict(item) for item in answers[question.name]]
        for inner in question.fields:
            if isinstance(inner, FileQuestion):
                yield from ((item, inner) for item in items)


def _bound(
    application: Application, question: FileQuestion, held: list[Any], acting_user: str
) -> list[Any]:
    rows = {
        str(row.file_id): row
        for row in application.files.filter(
            file__in=[one["id"] for one in held], question=question.name
        ).select_related("file")
    }
    papers = [rows[one["id"]] for one in held if one["id"] in rows]
    if len(papers) != len(held) or any(row.file.kind not in BOUND for row in papers):
        return held
    content = _small_enough([row.file for row in papers])
    if content is None:
        return held
    stored = store_file(
        content=content,
        name=f"{question.label}.pdf",
        allowed={"pdf"},
        acting_user=acting_user,
        purpose=PURPOSE,
    )
    ApplicationFile.objects.create(application=application, file=stored, question=question.name)
    for row in papers:
        erase_file(stored=row.file, reason="1つのPDFにまとめた", acting_user=acting_user)
    return [reference(stored)]


def _small_enough(papers: list[StoredFile]) -> bytes | None:
    parts = [open_file(stored).read() for stored in papers]
    for shrunk in (False, True):
        if shrunk:
            parts = [p if p.startswith(b"%PDF-") else as_jpeg(p, **SMALLER) for p in parts]
        if sum(map(len, parts)) <= MOST_BYTES:
            return bind(parts)
    return None
