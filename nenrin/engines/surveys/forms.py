"""The one question, wherever it is asked."""

from typing import Any

from django import forms

from .models import Rating


class RatingForm(forms.Form):
    """Three faces and an optional sentence; ``question`` is what is asked."""

    face = forms.TypedChoiceField(
        choices=Rating.Face.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "三つから一つ選んでください。"},
    )
    words = forms.CharField(
        label="ひとこと（なくてもかまいません）", max_length=400, required=False
    )

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["face"].label = question
