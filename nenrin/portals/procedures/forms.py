"""What applicants type outside the form itself."""

from django import forms

from nenrin.portals.account.forms import BirthDateField
from nenrin.portals.identity.forms import EmailField


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


class SignerForm(forms.Form):
    """Whom the applicant asks to sign."""

    name = forms.CharField(
        label="お名前",
        max_length=80,
        error_messages={"required": "お願いする方のお名前を書いてください。"},
    )
    email = EmailField(
        label="メールアドレス",
        required=False,
        max_length=254,
        help_text="書くと、リンクをメールで送ります。書かなければ、渡すためのリンクを出します。",
    )


class HandForm(forms.Form):
    """What a signer writes of themselves."""

    name = forms.CharField(
        label="あなたのお名前",
        max_length=80,
        error_messages={"required": "お名前を書いてください。"},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    birth_date = BirthDateField(
        label="あなたの生年月日",
        help_text="例 昭和25年1月2日。同じ人が二度署名しないように使います。",
        error_messages={"required": "生年月日を書いてください。"},
    )
    agrees = forms.BooleanField(
        label="署名します",
        error_messages={"required": "署名するときは、印をつけてください。"},
    )


class WordsOfSigner(forms.Form):
    """Why somebody does not sign."""

    words = forms.CharField(
        label="わけ（なくてもかまいません。申請する方に見えます）",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
