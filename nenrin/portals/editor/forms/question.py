"""One question, as staff set it up: its words, its kind's own settings, its conditions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from pydantic import ValidationError
from pydantic_core import PydanticUndefined

from nenrin.engines.forms.definition_file import WORDS
from nenrin.engines.forms.drafting.content import Content
from nenrin.engines.forms.fields.basic.number import LARGEST
from nenrin.engines.forms.fields.kinds import kinds, read_question
from nenrin.engines.forms.language.types import BOOL

from .conditions import ConditionsForm
from .options import OPTIONS, choices_of_lines, option_field

Piece = dict[str, Any]
PREFILLS = [
    ("", "入れない"),
    ("person.name", "氏名"),
    ("person.birth_date", "生年月日"),
    ("person.address", "住所"),
    ("person.telephone", "電話番号"),
    ("person.email", "メールアドレス"),
    ("person.bank_account", "振込先の口座"),
]
REQUIRED = [("yes", "かならず"), ("no", "なくてもよい"), ("when", "次のときだけかならず")]
CHECKS_MORE = 1
STANDS_IN = {"kind": "text", "name": "stands_in", "label": "x"}


class QuestionForm(ConditionsForm):
    """Settings of one question; ``piece()`` is what goes into the definition."""

    label = forms.CharField(label="見出し", max_length=400, help_text="町民が読む言葉です。")
    help = forms.CharField(
        label="説明",
        max_length=1000,
        required=False,
        help_text="迷いそうなところだけ、短く。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    required = forms.ChoiceField(label="答え", choices=REQUIRED, widget=forms.RadioSelect)
    may_follow = forms.BooleanField(
        label="なくても送れる（後から出してもらう）",
        required=False,
        help_text="そろわなくても受け付けられるときだけ。窓口の「確かめること」に出ます。",
    )
    prefill = forms.ChoiceField(label="前の記録から入れるもの", choices=PREFILLS, required=False)

    def __init__(
        self, *args: Any, question: Mapping[str, Any], content: Content, holder: str, **kwargs: Any
    ) -> None:
        self.before = dict(question)
        self.kind = str(question.get("kind", "file"))
        required = question.get("required", True)
        kwargs.setdefault("initial", _initial(question, required))
        own = str(question.get("name", ""))
        super().__init__(*args, content=content, holder=holder, own=own, **kwargs)
        given = "choices" if question.get("choices_from") else ""
        self.shown = [one for one in OPTIONS.get(self.kind, ()) if one.name != given]
        self._add_options()
        stored = required if isinstance(required, str) else ""
        self.add_condition("required", "かならずになる条件", "選んでください", stored)
        self.add_condition(
            "show", "この項目を出すとき", "いつも出す", str(question.get("show", ""))
        )
        self.add_condition("skip", "飛ばすとき", "飛ばさない", str(question.get("skip", "")))
        self._add_compute()
        self._add_checks()
        if self.kind == "signature":
            self.fields["statement"].required = True
        if holder.startswith("g-") or not _may_be_prefilled(self.kind):
            del self.fields["prefill"]

    def _add_options(self) -> None:
        model = kinds.get(self.kind).model
        for option in self.shown:
            default = model.model_fields[option.name].get_default()
            default = None if default in (PydanticUndefined, LARGEST) else default
            self.fields[option.name] = option_field(option, self.before.get(option.name, default))

    def _add_compute(self) -> None:
        if self.kind in ("number", "money", "date", "text", "yes_no"):
            self.fields["compute"] = forms.CharField(
                label="計算して見せる式",
                required=False,
                max_length=2000,
                initial=self.before.get("compute", ""),
                help_text="書くと、町民は答えず、計算したものが出ます。",
            )

    def _add_checks(self) -> None:
        held = [*self.before.get("checks", ()), *({} for _ in range(CHECKS_MORE))]
        self.checks = range(len(held))
        for place, check in enumerate(held):
            number = place + 1
            self.fields[f"check{place}_that"] = forms.CharField(
                label=f"確かめ{number}: 成り立つはずの式",
                required=False,
                max_length=2000,
                initial=check.get("that", ""),
            )
            self.fields[f"check{place}_message"] = forms.CharField(
                label=f"確かめ{number}: 成り立たないときの言葉",
                required=False,
                max_length=400,
                initial=check.get("message", ""),
            )

    def clean(self) -> dict[str, Any]:
        """Conditions first, then the question as a whole."""
        for name in ("show", "skip"):
            self.check_condition(name)
        if self.cleaned_data.get("required") == "when":
            self.check_condition("required")
            if not self.condition("required"):
                self.add_error("required_pick", "どんなときかを選んでください。")
        self._clean_checks()
        if not self.errors:
            self._clean_whole()
        return self.cleaned_data

    def _clean_checks(self) -> None:
        for place in self.checks:
            that, message = (f"check{place}_{part}" for part in ("that", "message"))
            text, words = self.cleaned_data.get(that), self.cleaned_data.get(message)
            if text and not words:
                self.add_error(message, "直し方の言葉も書いてください。")
            if words and not text:
                self.add_error(that, "どんな式が成り立つはずかを書いてください。")

    def _clean_whole(self) -> None:
        piece = self.piece()
        if self.kind == "group":
            piece["fields"] = self.before.get("fields") or [STANDS_IN]
        try:
            question = read_question(piece)
        except ValidationError as error:
            for found in error.errors(include_url=False):
                self._refuse(found)
            return
        if piece.get("compute"):
            self.check_expression("compute", piece["compute"], question.type)
        if question.name not in {**self.scope.form, **self.scope.item}:
            return
        for place in self.checks:
            text = str(self.cleaned_data.get(f"check{place}_that") or "")
            self.check_expression(f"check{place}_that", text, BOOL)

    @property
    def required_row(self) -> dict[str, Any]:
        """When the answer is required, if only at times."""
        return self.rows()[0]

    @property
    def show_row(self) -> dict[str, Any]:
        """When it is asked at all."""
        return self.rows()[1]

    @property
    def skip_row(self) -> dict[str, Any]:
        """When it is left out."""
        return self.rows()[2]

    def option_fields(self) -> list[Any]:
        """The settings of the kind."""
        return [self[option.name] for option in self.shown]

    @property
    def compute_field(self) -> Any:
        """Where a computed question is written; None where the kind is never computed."""
        return self["compute"] if "compute" in self.fields else None

    @property
    def prefill_field(self) -> Any:
        """What is filled in from the records; None where nothing can be."""
        return self["prefill"] if "prefill" in self.fields else None

    @property
    def compute_type(self) -> str:
        """What the expression has to give, for the check while typing."""
        return {"number": "number", "money": "number", "date": "date", "yes_no": "bool"}.get(
            self.kind, "text"
        )

    def check_fields(self) -> list[tuple[Any, Any]]:
        """Each check with its words."""
        return [
            (self[f"check{place}_that"], self[f"check{place}_message"]) for place in self.checks
        ]

    @property
    def has_more(self) -> bool:
        """Whether the rarer settings hold something, or something to mend."""
        rare = ("compute", "checks", "prefill", "skip")
        starts = ("compute", "check", "prefill", "skip")
        wrong = any(name.startswith(starts) for name in self.errors)
        return wrong or any(self.before.get(name) for name in rare)

    def _refuse(self, found: Any) -> None:
        step = str(found["loc"][0]) if found["loc"] else ""
        words = WORDS.get(found["type"]) or str(found["msg"]).removeprefix("Value error, ")
        label = self.fields[step].label if step in self.fields else ""
        text = f"「{label}」{words}" if found["type"] in WORDS and label else words
        self.add_error(step if step in self.fields else None, text)

    def piece(self) -> Piece:
        """The question as plain data, settings that say nothing left out."""
        data = self.cleaned_data
        piece: Piece = {"kind": self.kind, "name": self.before["name"], "label": data["label"]}
        piece["help"] = data["help"]
        needed = {"yes": True, "no": False}.get(data["required"], self.condition("required"))
        piece["required"] = None if needed is True else needed
        piece["may_follow"] = data["may_follow"] or None
        piece |= {name: self.condition(name) for name in ("show", "skip")}
        piece["compute"] = data.get("compute")
        piece["prefill"] = data.get("prefill", self.before.get("prefill"))
        piece["checks"] = [
            {"that": data[f"check{place}_that"], "message": data[f"check{place}_message"]}
            for place in self.checks
            if data.get(f"check{place}_that")
        ] or None
        piece |= self._option_values()
        managed = {*piece, "fields"}
        piece |= {key: value for key, value in self.before.items() if key not in managed}
        return {key: value for key, value in piece.items() if value is not None and value != ""}

    def _option_values(self) -> Piece:
        model = kinds.get(self.kind).model
        found: Piece = {}
        for name in (option.name for option in self.shown):
            value = self.cleaned_data.get(name)
            if name == "choices":
                value = choices_of_lines(str(value), self.before.get("choices", []))
            default = model.model_fields[name].get_default()
            default = list(default) if isinstance(default, tuple) else default
            found[name] = None if value == default else value
        return found


def _initial(question: Mapping[str, Any], required: object) -> dict[str, Any]:
    needed = "yes" if required is True else "no" if required is False else "when"
    plain = ("label", "help", "may_follow", "prefill")
    return {name: question[name] for name in plain if name in question} | {"required": needed}


def _may_be_prefilled(kind: str) -> bool:
    return kind in ("name", "date", "address", "telephone", "email", "bank_account", "text")
