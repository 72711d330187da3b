"""Moving and taking away pieces of an unfinished definition."""

from copy import deepcopy
from typing import Any

from .content import (
    ATTACHMENTS,
    Change,
    Content,
    PieceGone,
    question_of,
    questions_in,
)


def move_question(holder: str, name: str, step: int) -> Change:
    """One place up (-1) or down (+1); at the end it stays."""

    def change(content: Content) -> Content:
        made = deepcopy(content)
        _shift(questions_in(made, holder), name, step)
        return made

    return change


def carry_question(holder: str, name: str, target: str) -> Change:
    """To the end of another page."""

    def change(content: Content) -> Content:
        made = deepcopy(content)
        question = question_of(made, holder, name)
        questions_in(made, holder).remove(question)
        questions_in(made, target).append(question)
        return made

    return change


def remove_question(holder: str, name: str) -> Change:
    """Gone, with all it held."""

    def change(content: Content) -> Content:
        made = deepcopy(content)
        questions_in(made, holder).remove(question_of(made, holder, name))
        if not made.get(ATTACHMENTS):
            made.pop(ATTACHMENTS, None)
        return made

    return change


def move_page(name: str, step: int) -> Change:
    """One place up or down."""

    def change(content: Content) -> Content:
        made = deepcopy(content)
        _shift(made.get("sections", []), name, step)
        return made

    return change


def remove_page(name: str) -> Change:
    """A page with its questions."""

    def change(content: Content) -> Content:
        made = deepcopy(content)
        made["sections"] = [page for page in made.get("sections", []) if page["name"] != name]
        return made

    return change


def _shift(held: list[dict[str, Any]], name: str, step: int) -> None:
    places = [place for place, piece in enumerate(held) if piece.get("name") == name]
    if not places:
        raise PieceGone(name)
    target = places[0] + step
    if 0 <= target < len(held):
        held.insert(target, held.pop(places[0]))
