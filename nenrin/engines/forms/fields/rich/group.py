"""A group that repeats: members of a household, animals, parcels of land."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ...language.types import Kind, Type, Value
from ..contract import Json, Outside, Question, Refused, list_of
from ..kinds import AnyQuestion


class GroupQuestion(Question):
    kind: Literal["group"] = "group"
    when_left_blank: ClassVar[list[Any]] = []
    item: Annotated[str, Field(min_length=1, max_length=20)] = "件"
    least: Annotated[int, Field(ge=0, le=50)] = 1
    most: Annotated[int, Field(ge=1, le=50)] = 10
    fields: Annotated[tuple[AnyQuestion, ...], Field(min_length=1, max_length=30)]

    @model_validator(mode="after")
    def _is_flat(self) -> Self:
        names = [field.name for field in self.fields]
        if any(field.kind == "group" for field in self.fields):
            raise ValueError("くり返しの中に、くり返しは入れられません。")
        if len(names) != len(set(names)):
            raise ValueError("くり返しの中に、同じ名前の項目があります。")
        if self.least > self.most:
            raise ValueError("least が most より大きくなっています。")
        return self

    @property
    def type(self) -> Type:
        """A group of the fields' types."""
        return Type(Kind.GROUP, None, {field.name: field.type for field in self.fields})

    def take(self, raw: object, outside: Outside) -> Json:
        """Each item cleaned, blank ones at the end left out. Refuses with parts like `0.birth`."""
        return self._each(raw, lambda field, typed: field.take(typed, outside))

    def keep(self, stored: Json, outside: Outside) -> Json:
        """Each item's stored answers once more."""

        def kept(field: Question, held: object) -> Json:
            return None if held is None else field.keep(held, outside)

        return self._each(stored, kept)

    def _each(self, raw: object, act: Callable[[Question, object], Json]) -> Json:
        items: list[Json] = []
        problems: dict[str, str] = {}
        for position, typed in enumerate(list_of(raw or [])):
            if not isinstance(typed, Mapping):
                raise Refused("この答えは読めませんでした。もう一度入れてください。")
            item, wrong = self._item(typed, act)
            problems |= {f"{position}.{part}": words for part, words in wrong.items()}
            items.append(item)
        if len(items) > self.most:
            problems[""] = f"{self.most}{self.item}までです。多いときはお問い合わせください。"
        # Blank items at the end were only offered; one in the middle keeps its place.
        while (
            items
            and not items[-1]
            and not any(key.startswith(f"{len(items) - 1}.") for key in problems)
        ):
            items.pop()
        if problems:
            raise Refused(problems, items)
        return items or None

    def _item(
        self, typed: Mapping[str, object], act: Callable[[Question, object], Json]
    ) -> tuple[Json, dict[str, str]]:
        item: dict[str, Json] = {}
        wrong: dict[str, str] = {}
        for field in self.fields:
            try:
                value = None if field.compute else act(field, typed.get(field.name))
            except Refused as refusal:
                wrong |= {
                    f"{field.name}.{part}" if part else field.name: words
                    for part, words in refusal.problems.items()
                }
                continue
            if value is not None:
                item[field.name] = value
        return item, wrong

    def load(self, stored: Json) -> Value:
        """The items as they are stored; the evaluator loads their fields."""
        if not isinstance(stored, list) or not all(isinstance(one, dict) for one in stored):
            raise ValueError("not a group")
        return stored

    def shortfall(self, stored: Json) -> str:
        """Too few or too many items."""
        if len(stored) < self.least:
            return f"{self.least}{self.item}以上書いてください（いま{len(stored)}{self.item}）。"
        return f"{self.most}{self.item}までです。" if len(stored) > self.most else ""

    def display(self, stored: Json) -> str:
        """How many."""
        return f"{len(stored)}{self.item}"

    def boxes(self, stored: Json) -> Json:
        """Each item in its boxes."""
        return [
            {
                field.name: field.boxes(item[field.name])
                for field in self.fields
                if field.name in item
            }
            for item in stored
        ]

    def samples(self, today: date) -> tuple[Json, ...]:
        """The fewest items, each ordinary."""
        item = {field.name: field.samples(today)[0] for field in self.fields if not field.compute}
        return ([item] * max(self.least, 1),)
