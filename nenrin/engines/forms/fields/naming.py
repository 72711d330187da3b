"""What questions are called when a rule is read out."""

from collections.abc import Iterable

from ..language.parser import parse
from ..language.reading import Named, read_aloud
from ..language.tree import ExpressionError
from .contract import Question
from .rich.group import GroupQuestion


def named_questions(questions: Iterable[Question]) -> dict[str, Named]:
    """Every question by its name, those inside groups as well."""
    found: dict[str, Named] = {}
    for question in questions:
        choices = {choice.value: choice.label for choice in getattr(question, "choices", ())}
        is_yes_no = question.kind == "yes_no"
        found[question.name] = Named(question.label, {} if is_yes_no else choices, is_yes_no)
        if isinstance(question, GroupQuestion):
            found |= named_questions(question.fields)
    return found


def reading(text: str, names: dict[str, Named]) -> str:
    """A stored expression in words; as it is where it cannot be read."""
    try:
        return read_aloud(parse(text), names) if text else ""
    except ExpressionError:
        return text
