"""What a clerk types about money."""

from typing import Any

from django import forms

from nenrin.engines.payments.merchants import counter_ways
from nenrin.residents.payments.services.keep_slip import SlipNumbers


class TakeForm(forms.Form):
    """Money taken at the counter."""

    provider = forms.ChoiceField(
        label="受け取り方",
        widget=forms.RadioSelect,
        error_messages={"required": "現金か端末を選んでください。"},
    )
    slip = forms.CharField(
        label="端末の伝票番号（端末のときだけ）",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(one.key, one.label) for one in counter_ways()]
        self.fields["provider"].choices = ways  # type: ignore[attr-defined]


class AmountForm(forms.Form):
    """An amount and the reason: for reductions and refunds."""

    amount = forms.IntegerField(
        label="金額（円）",
        min_value=1,
        error_messages={"required": "金額を書いてください。", "invalid": "数字で書いてください。"},
    )
    reason = forms.CharField(
        label="理由", max_length=200, error_messages={"required": "理由を書いてください。"}
    )


class SlipForm(forms.Form):
    """The four numbers of a payment slip."""

    agency = forms.CharField(label="収納機関番号（5けた）", max_length=12)
    payment_number = forms.CharField(label="納付番号", max_length=30)
    confirmation = forms.CharField(label="確認番号（6けた）", max_length=12)
    payment_class = forms.CharField(label="納付区分", max_length=16)

    def numbers(self) -> SlipNumbers:
        """What was typed; call it on a valid form."""
        return SlipNumbers(**self.cleaned_data)


class DayForm(forms.Form):
    """The day to compare."""

    day = forms.DateField(
        label="日",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "日を選んでください。", "invalid": "日を選んでください。"},
    )
