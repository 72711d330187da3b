"""What is typed at the counter and before it."""

from django import forms


class CodeForm(forms.Form):
    """The way back to what was prepared; a scanner types the whole address."""

    code = forms.CharField(
        label="来庁コード",
        max_length=200,
        help_text="8文字です（例: ABCD-EFGH）。",
        error_messages={"required": "来庁コードを書いてください。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
