"""A box in which each line is one thing."""

from collections.abc import Iterable
from typing import Any

from django import forms


class Lines(forms.CharField):
    """Cleans to a list of texts, without blanks and repetitions."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> Any:
        """Each line once, in order."""
        lines = (line.strip() for line in str(value or "").splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def validate(self, value: Any) -> None:
        """An empty list is an answer, too."""
        if self.required and not value:
            raise forms.ValidationError("1行以上書いてください。")

    def run_validators(self, value: Any) -> None:
        """Lengths are of lines, not of the list."""


def as_lines(things: Iterable[str]) -> str:
    """A list as it is typed."""
    return "\n".join(things)
