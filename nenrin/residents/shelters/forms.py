"""What staff enter about a shelter."""

from typing import Any

from django import forms

from .models import MOST_PEOPLE, Equipment


class CountForm(forms.Form):
    """The number of people, entered directly."""

    total = forms.IntegerField(
        label="いまの人数",
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "人数を数字で入れてください。",
            "invalid": "人数を数字で入れてください。",
            "min_value": "人数は0から入れてください。",
            "max_value": f"人数は{MOST_PEOPLE}までで入れてください。",
        },
    )


class ProfileForm(forms.Form):
    """Capacity and equipment."""

    capacity = forms.IntegerField(
        label="定員（人）",
        help_text="わからないときは空のままにしてください。",
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "定員を数字で入れてください。",
            "min_value": "定員は1から入れてください。",
            "max_value": f"定員は{MOST_PEOPLE}までで入れてください。",
        },
    )
    equipment = forms.MultipleChoiceField(
        label="あるもの・使えるもの",
        required=False,
        choices=Equipment.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "shelter_%s"
