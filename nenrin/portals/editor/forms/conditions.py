"""A condition: one of those made ready, or one that is written; checked in either case."""

from typing import Any

from django import forms

from nenrin.engines.forms.drafting.conditions import named, ready_conditions, try_expression
from nenrin.engines.forms.drafting.content import GROUP, Content
from nenrin.engines.forms.drafting.state import scope_of
from nenrin.engines.forms.language.types import BOOL, Type

WRITTEN = "="
PICK, TEXT = "_pick", "_text"


class ConditionsForm(forms.Form):
    """A form with conditions: each is a choice and a line to write in."""

    def __init__(self, *args: Any, content: Content, holder: str, own: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = holder.removeprefix(GROUP) if holder.startswith(GROUP) else ""
        self.scope = scope_of(content, group)
        self.names = named(content)
        self.ready = ready_conditions(content, holder, own)
        self.conditions: list[str] = []

    def add_condition(self, name: str, label: str, never: str, stored: str) -> None:
        """Two fields for one condition; ``never`` are the words for having none."""
        known = {text for text, _ in self.ready}
        choices = [("", never), *self.ready, (WRITTEN, "式で書く（下の欄に）")]
        is_written = bool(stored) and stored not in known
        self.fields[name + PICK] = forms.ChoiceField(
            label=label,
            choices=choices,
            required=False,
            initial=WRITTEN if is_written else stored,
        )
        self.fields[name + TEXT] = forms.CharField(
            label=f"{label}の式",
            required=False,
            initial=stored if is_written else "",
            max_length=2000,
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        )
        self.conditions.append(name)

    def condition(self, name: str) -> str:
        """The expression that was chosen or written."""
        picked = str(self.cleaned_data.get(name + PICK) or "")
        written = str(self.cleaned_data.get(name + TEXT) or "").strip()
        return written if picked == WRITTEN or (written and not picked) else picked

    def check_condition(self, name: str) -> None:
        """Say what is wrong with a written one, at its line."""
        picked = self.cleaned_data.get(name + PICK)
        text = self.condition(name)
        if picked == WRITTEN and not text:
            self.add_error(name + TEXT, "式を書くか、上の一覧から選んでください。")
            return
        self.check_expression(name + TEXT, text, BOOL)

    def check_expression(self, field: str, text: str, wanted: Type) -> None:
        """Say what is wrong with an expression."""
        tried = try_expression(text, wanted, self.scope, self.names)
        if tried.error:
            self.add_error(field, tried.error)

    def rows(self) -> list[dict[str, Any]]:
        """Each condition's two bound fields."""
        return [{"pick": self[name + PICK], "text": self[name + TEXT]} for name in self.conditions]

    def plain_fields(self) -> list[Any]:
        """Bound fields that belong to no condition."""
        parts = {name + part for name in self.conditions for part in (PICK, TEXT)}
        return [self[name] for name in self.fields if name not in parts]
