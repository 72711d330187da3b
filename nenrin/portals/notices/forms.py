"""What staff type for a notice."""

from typing import Any

from django import forms

from nenrin.core.areas.models import District
from nenrin.residents.notices.models import Notice
from nenrin.residents.notices.services.publish_notice import NoticeText
from nenrin.residents.notices.topics import topic_choices


class NoticeForm(forms.Form):
    """A notice with up to one PDF."""

    kind = forms.ChoiceField(label="種類", choices=Notice.Kind.choices, widget=forms.RadioSelect)
    topic = forms.ChoiceField(label="話題", choices=topic_choices)
    title = forms.CharField(label="見出し", max_length=120)
    body = forms.CharField(
        label="本文",
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=5000,
        help_text="さいしょに、してほしいことを書きます。",
    )
    easy_body = forms.CharField(
        label="やさしい日本語（なくてもかまいません）",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        required=False,
    )
    document = forms.FileField(
        label="PDF（なくてもかまいません）", required=False, help_text="20MB・60ページまで。"
    )
    districts = forms.ModelMultipleChoiceField(
        label="地区（えらばなければ全町）",
        queryset=District.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["districts"].queryset = District.objects.all()  # type: ignore[attr-defined]

    def text(self) -> NoticeText:
        """What was typed, for the service; call it on a valid form."""
        given = self.cleaned_data
        return NoticeText(
            kind=given["kind"],
            topic=given["topic"],
            title=given["title"],
            body=given["body"],
            easy_body=given["easy_body"],
            districts=[district.pk for district in given["districts"]],
        )
