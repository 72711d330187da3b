"""What is typed to prove a contact."""

from typing import Any

from django import forms

from nenrin.engines.forms.fields.basic.email import EmailQuestion
from nenrin.engines.forms.fields.contract import Refused

EMAIL = EmailQuestion(name="email", label="メールアドレス")


class EmailField(forms.CharField):
    """An address, mended and refused in the words of the online forms."""

    widget = forms.EmailInput(attrs={"autocomplete": "email"})

    def clean(self, value: Any) -> str:
        """The address, or what to do."""
        text = super().clean(value)
        try:
            return str(EMAIL.take(text, None)) if text else ""  # type: ignore[arg-type]
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class ContactForm(forms.Form):
    """Where a code is to go."""

    contact = EmailField(
        label="メールアドレス",
        max_length=254,
        error_messages={"required": "メールアドレスを書いてください。"},
    )


class CodeForm(forms.Form):
    """The code that arrived."""

    code = forms.CharField(
        label="届いた番号（6けた）",
        max_length=12,
        error_messages={"required": "届いた番号を入れてください。"},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )
