"""What applicants type outside the form itself."""

from django import forms


class ResumeForm(forms.Form):
    """The way back without a sign-in."""

    code = forms.CharField(
        label="再開コード",
        max_length=20,
        help_text="はじめたときに出た12文字です（例: ABCD-EFGH-JKMN）。",
        error_messages={"required": "再開コードを書いてください。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    number = forms.CharField(
        label="受付番号",
        max_length=12,
        required=False,
        help_text="出したあとのようすを見るときだけ書いてください（例: R8-00012）。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WordsForm(forms.Form):
    """Words to the town hall."""

    words = forms.CharField(
        label="役場に伝えること",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "伝えることを書いてください。"},
    )
