"""What staff and residents type on the plan's pages."""

from django import forms

from nenrin.engines.surveys.models import Rating


class FigureForm(forms.Form):
    """A figure that no gauge reads."""

    value = forms.FloatField(label="数字", min_value=0)
    source = forms.CharField(
        label="出どころ", max_length=200, help_text="資料の名前や、調べた日と人。"
    )


class RatingForm(forms.Form):
    """One question with three faces."""

    face = forms.TypedChoiceField(
        label="この知らせは役に立ちましたか",
        choices=Rating.Face.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "三つから一つ選んでください。"},
    )
    words = forms.CharField(
        label="ひとこと（なくてもかまいません）", max_length=400, required=False
    )
