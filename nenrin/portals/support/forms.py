"""What residents and staff type about support."""

import re
from typing import Any

from django import forms

from nenrin.core.areas.models import District
from nenrin.residents.support.models import SupportVisit, Trouble
from nenrin.residents.support.services.answer_support import VisitReport
from nenrin.residents.support.services.ask_support import Asked

TELEPHONE = re.compile(r"0\d{9,10}")


class AskForm(forms.Form):
    """A request for help."""

    trouble = forms.ChoiceField(
        label="こまっていること", choices=Trouble.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label="名前", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    telephone = forms.CharField(
        label="電話番号",
        max_length=20,
        help_text="例: 0233-00-0000",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    district = forms.ModelChoiceField(
        label="地区", queryset=District.objects.none(), empty_label="えらんでください"
    )
    words = forms.CharField(
        label="くわしいこと（なくてもかまいません）",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = District.objects.all()  # type: ignore[attr-defined]

    def clean_telephone(self) -> str:
        """Digits only; raises ValidationError for what is no Japanese number."""
        plain = re.sub(r"[^0-9]", "", str(self.cleaned_data["telephone"]).translate(WIDE_DIGITS))
        if not TELEPHONE.fullmatch(plain):
            raise forms.ValidationError("市外局番から、数字10桁か11桁で入れてください。")
        return plain

    def asked(self) -> Asked:
        """What was typed, for the service; call it on a valid form."""
        return Asked(**self.cleaned_data)


WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


class PlanForm(forms.Form):
    """When somebody comes, and who."""

    visit_at = forms.DateTimeField(
        label="行く日時", widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    visitor = forms.CharField(label="行く人", max_length=80)


class VisitForm(forms.Form):
    """What a visit brought."""

    minutes = forms.IntegerField(label="かかった分", min_value=1, max_value=600)
    trouble = forms.ChoiceField(label="つまずいたところ", choices=Trouble.choices)
    result = forms.ChoiceField(
        label="どうなったか", choices=SupportVisit.Result.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label="ひとこと", max_length=400, required=False)

    def report(self) -> VisitReport:
        """What was typed, for the service; call it on a valid form."""
        return VisitReport(**self.cleaned_data)
