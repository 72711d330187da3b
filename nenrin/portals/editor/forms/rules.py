"""Rules that stand at the top: who is stopped, what it costs, what is told when; and pages."""

from collections.abc import Mapping
from typing import Any

from django import forms
from pydantic import ValidationError

from nenrin.engines.forms.definition import Notice
from nenrin.engines.forms.drafting.content import Content
from nenrin.engines.forms.language.types import NUMBER

from .conditions import ConditionsForm

Piece = dict[str, Any]
TURNS = {
    "received": "受け付けたとき",
    "returned": "直してもらうとき",
    "approved": "認めたとき",
    "refused": "認めないとき",
    "ready": "受け取りの用意ができたとき",
    "closed": "終わったとき",
}
PAY = [
    ("before", "受け付けのあと"),
    ("after", "決まったあと"),
    ("on_pickup", "受け取るとき"),
    ("on_site", "当日その場で"),
]


class PageForm(ConditionsForm):
    """A page's title, its words, and when it is shown."""

    title = forms.CharField(label="ページの見出し", max_length=400)
    help = forms.CharField(
        label="ページの説明", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, page: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=dict(page), own="", **kwargs)
        self.add_condition("show", "このページを出すとき", "いつも出す", str(page.get("show", "")))
        self.add_condition("skip", "飛ばすとき", "飛ばさない", str(page.get("skip", "")))

    def clean(self) -> dict[str, Any]:
        """Both conditions are checked."""
        for name in self.conditions:
            self.check_condition(name)
        return self.cleaned_data

    def values(self) -> Piece:
        """What goes into the page."""
        conditions = {name: self.condition(name) for name in self.conditions}
        return {
            "title": self.cleaned_data["title"],
            "help": self.cleaned_data["help"],
            **conditions,
        }


class StopForm(ConditionsForm):
    """When an application cannot be taken, and the words that say why and what to do."""

    message = forms.CharField(
        label="出す言葉",
        max_length=400,
        help_text="わけと、代わりにどうすればよいか。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    article = forms.CharField(label="条文", required=False, max_length=200)

    def __init__(self, *args: Any, stop: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=dict(stop), holder="", own="", **kwargs)
        self.add_condition("when", "受け付けないとき", "選んでください", str(stop.get("when", "")))

    def clean(self) -> dict[str, Any]:
        """A stop needs its condition."""
        self.check_condition("when")
        if not self.errors and not self.condition("when"):
            self.add_error("when_pick", "どんなときかを選んでください。")
        return self.cleaned_data

    def piece(self) -> Piece:
        """What goes into the definition."""
        found = {"when": self.condition("when"), **self.cleaned_data}
        return {name: found[name] for name in ("when", "message", "article") if found.get(name)}


def yen_of(text: str) -> int | None:
    """An amount typed as a number; None where it is an expression."""
    plain = text.strip().replace(",", "").removesuffix("円")
    return int(plain) if plain.isdecimal() and len(plain) < 10 else None


class FeeForm(forms.Form):
    """When it is paid, and words beside the amount."""

    pay = forms.ChoiceField(label="払うとき", choices=PAY)
    note = forms.CharField(label="手数料のそばに出す言葉", required=False, max_length=200)


class FeeRuleForm(ConditionsForm):
    """An amount, when it holds, and the article that sets it."""

    name = forms.CharField(label="手数料の名前", max_length=400, help_text="例: 犬の登録")
    amount = forms.CharField(
        label="額（円）",
        required=False,
        max_length=2000,
        help_text="数か、計算の式（例: copies * 300）。空けると「あとでお知らせします」です。",
    )
    article = forms.CharField(
        label="条文", required=False, max_length=200, help_text="例: 町手数料条例 別表"
    )
    is_example = forms.BooleanField(label="まだ町の条例で確かめていない（例）", required=False)

    def __init__(
        self, *args: Any, rule: Mapping[str, Any], content: Content, **kwargs: Any
    ) -> None:
        initial = {**rule, "amount": rule.get("amount", "")}
        super().__init__(*args, initial=initial, content=content, holder="", own="", **kwargs)
        when = str(rule.get("when", ""))
        self.add_condition("when", "当てはまるとき", "いつも（上のどれでもないとき）", when)

    def clean(self) -> dict[str, Any]:
        """The amount is a number, or an expression that gives one."""
        self.check_condition("when")
        amount = str(self.cleaned_data.get("amount") or "").strip()
        if amount and yen_of(amount) is None:
            self.check_expression("amount", amount, NUMBER)
        return self.cleaned_data

    def piece(self) -> Piece:
        """What goes into the definition."""
        data = self.cleaned_data
        text = str(data["amount"] or "").strip()
        number = yen_of(text)
        found: Piece = {"name": data["name"]}
        found |= {"amount": number if number is not None else text} if text else {}
        found |= {"when": self.condition("when"), "article": data["article"]}
        found |= {"is_example": True} if data["is_example"] else {}
        return {key: value for key, value in found.items() if value != ""}


class NoticesForm(forms.Form):
    """What the applicant hears at each turn of the case."""

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {notice["at"]: notice for notice in content.get("notices", [])}
        for turn in TURNS:
            notice = held.get(turn, {})
            self.fields[f"{turn}_title"] = forms.CharField(
                label="題", required=False, max_length=400, initial=notice.get("title", "")
            )
            self.fields[f"{turn}_body"] = forms.CharField(
                label="本文",
                required=False,
                max_length=2000,
                initial=notice.get("body", ""),
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def clean(self) -> dict[str, Any]:
        """Both or neither, and only places that are known."""
        for notice in self.notices():
            turn = notice["at"]
            for part in ("title", "body"):
                if not notice[part]:
                    self.add_error(
                        f"{turn}_{part}", f"{TURNS[turn]}の題と本文を、どちらも書いてください。"
                    )
            if notice["title"] and notice["body"]:
                self._try(notice)
        return self.cleaned_data

    def _try(self, notice: Piece) -> None:
        try:
            Notice.model_validate(notice)
        except ValidationError as error:
            for found in error.errors(include_url=False):
                words = str(found["msg"]).removeprefix("Value error, ")
                part = str(found["loc"][0]) if found["loc"] else "body"
                self.add_error(f"{notice['at']}_{part}", words)
        except ValueError:
            self.add_error(f"{notice['at']}_body", "{ } の書き方がくずれています。")

    def notices(self) -> list[Piece]:
        """What goes into the definition."""
        rows = [
            {
                "at": turn,
                "title": self.cleaned_data.get(f"{turn}_title", ""),
                "body": str(self.cleaned_data.get(f"{turn}_body", "")).replace("\r\n", "\n"),
            }
            for turn in TURNS
        ]
        return [row for row in rows if row["title"] or row["body"]]

    def rows(self) -> list[tuple[str, Any, Any]]:
        """Each turn with its two boxes."""
        return [
            (words, self[f"{turn}_title"], self[f"{turn}_body"]) for turn, words in TURNS.items()
        ]
