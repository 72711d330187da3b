"""What residents write."""

from datetime import date
from typing import Any

from django import forms

from nenrin.core.people.rules import parse_date
from nenrin.residents.notices.topics import topic_choices, topics


class BirthDateField(forms.CharField):
    """A date as people write it: 昭和25年1月2日, S25.1.2, 1950-01-02."""

    def clean(self, value: Any) -> date:
        """The date, or what to do."""
        text = super().clean(value)
        try:
            return parse_date(text)
        except ValueError as error:
            raise forms.ValidationError(
                "生年月日は「昭和25年1月2日」のように入れてください。"
            ) from error


class SignInClaim(forms.Form):
    """The holder of a sign-in invitation."""

    birth_date = BirthDateField(label="生年月日", help_text="例 昭和25年1月2日")


class PrintedClaim(SignInClaim):
    """The holder of a printed one, who also says where to write to."""

    email = forms.EmailField(
        label="メールアドレス", help_text="このアドレスに、続きの案内を送ります。"
    )


class WatchClaim(forms.Form):
    """A family member living elsewhere."""

    family_name = forms.CharField(label="姓", max_length=40)
    given_name = forms.CharField(label="名", max_length=40)


class FamilyInvitation(forms.Form):
    """Someone invites a family member to watch over them."""

    email = forms.EmailField(label="家族のメールアドレス")
    agrees = forms.BooleanField(
        label="わたしの安否の答えを、この家族に見せることに同意します",
        error_messages={"required": "見せてよければ、印をつけてください。"},
    )


class CorrectionForm(forms.Form):
    """Where the register is wrong."""

    words = forms.CharField(
        label="ちがうところ",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
        help_text="例 番地は「2」ではなく「12」です。",
    )


HOURS = [(hour, f"{hour}時") for hour in range(24)]


class PreferencesForm(forms.Form):
    """When one device stays quiet, and which news it is told."""

    topics = forms.MultipleChoiceField(
        label="受け取る話題",
        choices=topic_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_quiet = forms.BooleanField(label="夜など、決めた時刻のあいだは静かにする", required=False)
    quiet_from = forms.TypedChoiceField(label="静かにするはじめ", choices=HOURS, coerce=int)
    quiet_until = forms.TypedChoiceField(label="静かにするおわり", choices=HOURS, coerce=int)

    def quiet(self) -> tuple[int, int] | None:
        """The quiet hours of a valid form, or None."""
        given = self.cleaned_data
        return (given["quiet_from"], given["quiet_until"]) if given["is_quiet"] else None

    def muted(self) -> list[str]:
        """Topics that a valid form leaves out."""
        return [key for key in topics() if key not in self.cleaned_data["topics"]]
