"""What staff and residents type on the plan's pages."""

from django import forms


class FigureForm(forms.Form):
    """A figure that no gauge reads."""

    value = forms.FloatField(label="数字", min_value=0)
    source = forms.CharField(
        label="出どころ", max_length=200, help_text="資料の名前や、調べた日と人。"
    )
