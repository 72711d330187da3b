"""What a procedure says of itself: to residents, and among the staff."""

from collections.abc import Iterator
from typing import Any

from django import forms

from nenrin.core.organization.models import Section
from nenrin.engines.forms.drafting.content import Content

from .lines import Lines, as_lines

Piece = dict[str, Any]
IDENTITIES = [
    ("none", "確かめない"),
    ("contact", "連絡先（電話かメール）"),
    ("login", "サインイン"),
    ("card", "マイナンバーカード（いまはサインインと、窓口か郵送での確かめ）"),
]
ENDINGS = [
    ("online", "家から最後まで"),
    ("pickup", "申し込みは家から、受け取りは窓口"),
    ("visit", "申し込みは家から、一度来ていただく"),
]


class OverviewForm(forms.Form):
    """Values at the top of a definition; those that say nothing are left out."""

    defaults: dict[str, Any] = {}

    def values(self) -> Piece:
        """What goes into the definition; None takes a value away."""
        return {
            name: None if value == self.defaults.get(name) else value
            for name, value in self.cleaned_data.items()
        }


class BasicsForm(OverviewForm):
    """What residents read before they begin."""

    defaults = {"minutes": 5}
    title = forms.CharField(label="名前", max_length=400, help_text="ふだんの言葉で。例: 犬の登録")
    summary = forms.CharField(
        label="どんな手続きか",
        required=False,
        max_length=1000,
        help_text="だれが、いつ、何のために。2文くらいで。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    group = forms.CharField(
        label="どんなときの手続きか",
        required=False,
        max_length=40,
        help_text="一覧の見出しになります。",
        widget=forms.TextInput(attrs={"list": "groups"}),
    )
    keywords = Lines(
        label="さがす言葉", help_text="1行に1つ。町民が思いつく言葉を足します。", rows=3
    )
    minutes = forms.IntegerField(label="かかる時間（分）", min_value=1, max_value=240)
    belongings = Lines(label="用意するもの", help_text="1行に1つ。なければ空けておきます。", rows=3)
    guide = forms.CharField(
        label="案内の紙",
        required=False,
        max_length=4000,
        help_text="手続きのページに出て、窓口で印刷もできます。",
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class OfficeForm(OverviewForm):
    """How the town hall handles it."""

    defaults = {
        "identity": "none", "ending": "online", "needs_card_signature": False, "is_complete": False
    }  # fmt: skip
    owner = forms.ChoiceField(label="担当の係", help_text="申請は、この係の列に入ります。")
    decides = forms.CharField(
        label="決める人", required=False, max_length=60, help_text="例: 町民課長"
    )
    decision_words = forms.CharField(
        label="決定の文",
        required=False,
        max_length=1000,
        help_text="認めるときの文です。決定のときに直せます。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    identity = forms.ChoiceField(label="本人の確認", choices=IDENTITIES, widget=forms.RadioSelect)
    needs_card_signature = forms.BooleanField(
        label="電子署名か、それに代わるものが要る", required=False
    )
    ending = forms.ChoiceField(
        label="どこまで家でできるか", choices=ENDINGS, widget=forms.RadioSelect
    )
    obstacle = forms.CharField(
        label="家から終わらないわけ",
        required=False,
        max_length=400,
        help_text="公開のページに出ます。例: 鑑札を手渡すため。",
    )
    working_days = forms.IntegerField(
        label="処理の日数（開庁日）", required=False, min_value=0, max_value=400
    )
    retention_years = forms.IntegerField(
        label="書類を残す年数", required=False, min_value=0, max_value=100
    )
    laws = Lines(label="確かめた根拠", help_text="1行に1つ。例: 狂犬病予防法 第4条", rows=3)
    example_laws = Lines(
        label="まだ確かめていない根拠（例）",
        help_text="1行に1つ。町のものか確かめたら、上へ移します。",
        rows=3,
    )
    staff_note = forms.CharField(
        label="職員への注意", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_complete = forms.BooleanField(label="最後まで作り込んだ", required=False)

    def __init__(self, data: Any = None, *, content: Content) -> None:
        self.before: list[Piece] = content.get("legal_basis", [])
        initial = {name: content.get(name, self.defaults.get(name)) for name in self.base_fields}
        initial["laws"] = as_lines(_names(self.before, is_example=False))
        initial["example_laws"] = as_lines(_names(self.before, is_example=True))
        super().__init__(data, initial=initial)
        owners = dict.fromkeys([*Section.objects.values_list("name", flat=True)])
        if content.get("owner"):
            owners.setdefault(content["owner"])
        self.fields["owner"].choices = [("", "選んでください"), *((o, o) for o in owners)]  # type: ignore[attr-defined]
        self.fields["owner"].error_messages["required"] = "担当の係を選んでください。"

    def values(self) -> Piece:
        """The legal basis is put together from both boxes."""
        found = super().values()
        found["legal_basis"] = [
            *self._basis(found.pop("laws"), is_example=False),
            *self._basis(found.pop("example_laws"), is_example=True),
        ]
        return found

    def _basis(self, names: list[str] | None, *, is_example: bool) -> Iterator[Piece]:
        known = {one["name"]: one for one in self.before}
        for name in names or []:
            kept = {key: text for key, text in known.get(name, {}).items() if key != "is_example"}
            yield {**kept, "name": name} | ({"is_example": True} if is_example else {})


def _names(basis: list[Piece], *, is_example: bool) -> list[str]:
    return [one["name"] for one in basis if bool(one.get("is_example")) is is_example]


def basics_initial(content: Content) -> Piece:
    """What stands in the resident's side now."""
    initial = {name: content.get(name) for name in BasicsForm.base_fields}
    initial["minutes"] = content.get("minutes", BasicsForm.defaults["minutes"])
    for name in ("keywords", "belongings"):
        initial[name] = as_lines(content.get(name, []))
    return initial
