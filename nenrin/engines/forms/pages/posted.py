"""From a posted page back to what was typed, question by question.

Boxes are named `birth.year`, those of a group's items `members.0.birth.year`; `_asked` names the
questions the page showed, so that what was not shown is not taken for emptied.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from ..fields.contract import Question, Refused
from ..fields.rich.group import GroupQuestion

ASKED, ADD, REMOVE = "_asked", "_add", "_remove"
KeepFile = Callable[[Question, "UploadedFile[Any]"], Mapping[str, Any]]


class Posted:
    """One posted page. ``refused`` holds the words for files that could not be kept."""

    def __init__(
        self, request: HttpRequest, stored: Mapping[str, Any], keep_file: KeepFile
    ) -> None:
        self._data: QueryDict = request.POST
        self._files = request.FILES
        self._stored = stored
        self._keep_file = keep_file
        self.refused: dict[str, str] = {}

    def typed(self, questions: Iterable[Question]) -> dict[str, Any]:
        """What was typed for those of the questions that the page showed."""
        asked = set(self._data.getlist(ASKED))
        return {
            question.name: self._one(question, question.name, self._stored.get(question.name))
            for question in questions
            if question.name in asked
        }

    def _one(self, question: Question, path: str, stored: Any) -> Any:
        if isinstance(question, GroupQuestion):
            return self._items(question, path, stored or [])
        if question.kind == "file":
            return self._references(question, path, stored or [])
        if question.parts:
            return {part: self._data.get(f"{path}.{part}", "") for part in question.parts}
        if question.kind == "several":
            return self._data.getlist(path)
        return self._data.get(path, "")

    def _items(self, question: GroupQuestion, path: str, stored: list[Any]) -> list[Any]:
        count = self._count(question, path)
        removed = self._data.get(REMOVE, "")
        items = []
        for position in range(count):
            if removed == f"{path}.{position}":
                continue
            kept = stored[position] if position < len(stored) else {}
            items.append(
                {
                    field.name: self._one(
                        field, f"{path}.{position}.{field.name}", kept.get(field.name)
                    )
                    for field in question.fields
                    if not field.compute
                }
            )
        if self._data.get(ADD) == path and len(items) < question.most:
            items.append({})
        return items

    def _count(self, question: GroupQuestion, path: str) -> int:
        typed = self._data.get(f"{path}._count", "0")
        return min(int(typed) if typed.isdecimal() else 0, question.most)

    def _references(self, question: Question, path: str, stored: list[Any]) -> list[Any]:
        """Files kept before and not taken away, and those that came now."""
        kept = set(self._data.getlist(path))
        references = [one for one in stored if one["id"] in kept]
        for upload in self._files.getlist(f"{path}.new"):
            try:
                references.append(dict(self._keep_file(question, upload)))
            except Refused as refusal:
                self.refused[path] = str(refusal)
        return references
