"""What staff type on the watch's page."""

from django import forms

HOURS = [(hour, f"{hour}時まで") for hour in range(6, 21)]


class WatchPlanForm(forms.Form):
    """A household that wants to be missed."""

    number = forms.CharField(label="世帯番号", max_length=20)
    until_hour = forms.TypedChoiceField(
        label="元気ですを待つ時刻", choices=HOURS, coerce=int, initial=10
    )
    asked_by = forms.CharField(
        label="だれの希望か", max_length=80, help_text="本人・家族・民生委員など"
    )
