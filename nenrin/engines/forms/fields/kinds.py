"""The registry of question kinds, and the pydantic type that reads any of them."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny

from nenrin.core.registry.registry import Registry

from .contract import Question


@dataclass(frozen=True)
class QuestionKind:
    """A kind under its name, with the word staff see."""

    key: str
    label: str
    model: type[Question]


kinds: Registry[QuestionKind] = Registry("question kind")


def read_question(data: Any) -> Any:
    """Build the question of the kind that ``data`` names; ValueError names the kinds there are."""
    if not isinstance(data, dict):
        return data
    kind = data.get("kind", "text")
    if kind not in kinds:
        known = "、".join(one.key for one in kinds)
        raise ValueError(f"「{kind}」という種類の項目はありません。あるもの: {known}")
    return kinds.get(kind).model.model_validate(data)


AnyQuestion = Annotated[SerializeAsAny[Question], BeforeValidator(read_question)]
