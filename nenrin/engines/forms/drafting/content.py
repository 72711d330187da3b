"""The pieces of an unfinished definition, and how one is added, changed, moved or taken away.

A *holder* is where questions stand: `p-<page>`, `g-<repeating group>` or `attachments`. Every
function leaves what it was given as it is and answers with new content.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

Content = dict[str, Any]
Piece = dict[str, Any]
Change = Callable[[Content], Content]
ATTACHMENTS = "attachments"
PAGE, GROUP = "p-", "g-"
# What a kind needs before it can be read at all.
AT_FIRST: dict[str, Piece] = {
    "choice": {"choices": [{"value": "a", "label": "はい"}, {"value": "b", "label": "いいえ"}]},
    "several": {"choices": [{"value": "a", "label": "その一"}, {"value": "b", "label": "その二"}]},
    "group": {"fields": [{"kind": "text", "name": "", "label": "名前"}]},
    "signature": {"statement": "上に書いたことに、まちがいはありません。"},
    "time_slot": {"slots_from": "counter_slots"},
}
ALWAYS = ("kind", "name", "label", "help", "required", "may_follow", "show", "skip", "prefill")


class PieceGone(LookupError):
    """There is no such piece (any more)."""


def blank(slug: str, title: str, group: str = "") -> Content:
    """A procedure that asks who applies, and nothing else yet."""
    applicant = [
        {"kind": "name", "name": "applicant", "label": "氏名", "prefill": "person.name"},
        {"kind": "address", "name": "home", "label": "住所", "prefill": "person.address"},
        {
            "kind": "telephone",
            "name": "telephone",
            "label": "昼間つながる電話番号",
            "prefill": "person.telephone",
        },
    ]
    page = {"name": "applicant", "title": "申請する人", "fields": applicant}
    return {"format": 1, "slug": slug, "title": title, "group": group, "sections": [page]}


def pages_of(content: Content) -> list[Piece]:
    """The pages, without the attachments."""
    return list(content.get("sections", []))


def questions_in(content: Content, holder: str) -> list[Piece]:
    """The list itself that a holder keeps. Raises PieceGone."""
    if holder == ATTACHMENTS:
        found: list[Piece] = content.setdefault(ATTACHMENTS, [])
        return found
    if holder.startswith(PAGE):
        held: list[Piece] = page_of(content, holder).setdefault("fields", [])
        return held
    for _, question in outer_questions(content):
        if question.get("kind") == "group" and GROUP + question["name"] == holder:
            inner: list[Piece] = question.setdefault("fields", [])
            return inner
    raise PieceGone(holder)


def page_of(content: Content, holder: str) -> Piece:
    """One page. Raises PieceGone."""
    for page in content.get("sections", []):
        if PAGE + page["name"] == holder:
            found: Piece = page
            return found
    raise PieceGone(holder)


def outer_questions(content: Content) -> Iterator[tuple[str, Piece]]:
    """Every question outside groups with its holder."""
    for page in content.get("sections", []):
        for question in page.get("fields", []):
            yield PAGE + page["name"], question
    for question in content.get(ATTACHMENTS, []):
        yield ATTACHMENTS, question


def question_of(content: Content, holder: str, name: str) -> Piece:
    """One question. Raises PieceGone."""
    for question in questions_in(content, holder):
        if question.get("name") == name:
            return question
    raise PieceGone(name)


def home_of(content: Content, group: str) -> str:
    """The page on which a group stands."""
    for holder, question in outer_questions(content):
        if GROUP + str(question.get("name")) == group:
            return holder
    raise PieceGone(group)


def free_name(content: Content, base: str) -> str:
    """A name nobody bears: `text1`, `text2`, …"""
    taken = {page["name"] for page in content.get("sections", [])}
    for _, question in outer_questions(content):
        taken.add(question.get("name"))
        taken |= {inner.get("name") for inner in question.get("fields", [])}
    number = 1
    while f"{base}{number}" in taken:
        number += 1
    return f"{base}{number}"


def add_page(title: str, name: str) -> Change:
    """A page at the end, empty as yet."""

    def change(content: Content) -> Content:
        made = deepcopy(content)
        made.setdefault("sections", []).append({"name": name, "title": title, "fields": []})
        return made

    return change


def change_page(holder: str, values: Mapping[str, Any]) -> Change:
    """Title, help and conditions of a page."""

    def change(content: Content) -> Content:
        made = deepcopy(content)
        _settle(page_of(made, holder), values)
        return made

    return change


def add_question(holder: str, question: Mapping[str, Any]) -> Change:
    """A question at the end of a page, the attachments or a group."""

    def change(content: Content) -> Content:
        made = deepcopy(content)
        questions_in(made, holder).append(dict(question))
        return made

    return change


def change_question(holder: str, name: str, values: Mapping[str, Any]) -> Change:
    """Everything of a question but its place; a group keeps its questions."""

    def change(content: Content) -> Content:
        made = deepcopy(content)
        found = question_of(made, holder, name)
        kept = {"fields": found["fields"]} if "fields" in found else {}
        found.clear()
        _settle(found, {**values, **kept} if values.get("kind") == "group" else values)
        return made

    return change


def turn_into(content: Content, question: Mapping[str, Any], kind: str) -> Piece:
    """The question as another kind: what every kind has is kept, what the kind needs is given."""
    kept = {key: value for key, value in question.items() if key in ALWAYS}
    made = {**kept, "kind": kind, **deepcopy(AT_FIRST.get(kind, {}))}
    for inner in made.get("fields", []):
        inner["name"] = free_name(content, "item")
    return made


def change_rows(key: str, rows: list[Piece]) -> Change:
    """A whole list at the top: blocks, notices, the legal basis, examples."""
    return change_top({key: rows})


def change_top(values: Mapping[str, Any]) -> Change:
    """Values at the top of the definition; empty ones are left out."""

    def change(content: Content) -> Content:
        made = deepcopy(content)
        _settle(made, values)
        return made

    return change


def _settle(piece: Piece, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        if value is None or value == "" or value == []:
            piece.pop(key, None)
        else:
            piece[key] = value
