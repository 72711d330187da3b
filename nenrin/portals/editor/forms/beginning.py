"""Beginning a procedure, and taking one from a file."""

import re
from typing import Any

from django import forms

from nenrin.engines.forms.fields.kinds import kinds
from nenrin.engines.forms.models import FormDefinition

RESERVED = ("new", "import")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class NewForm(forms.Form):
    """Name and short name; empty, or as a copy of another."""

    title = forms.CharField(
        label="手続きの名前", max_length=400, help_text="ふだんの言葉で。例: 雪捨て場の利用"
    )
    slug = forms.CharField(
        label="アドレスに使う短い名前",
        max_length=60,
        help_text="小文字の英字・数字・「-」だけ。あとで変えられません。例: snow-dump",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    source = forms.ChoiceField(
        label="もとにするもの",
        required=False,
        help_text="似た手続きの項目・きまり・通知を写して始められます。",
    )

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", "なし（はじめから作る）"), *sources]  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        """Free, and fit for an address."""
        slug = str(self.cleaned_data["slug"]).strip()
        if not SLUG.fullmatch(slug) or slug in RESERVED:
            raise forms.ValidationError(
                "小文字の英字・数字・「-」だけで書いてください（例: snow-dump）。"
            )
        if FormDefinition.objects.filter(slug=slug).exists():
            raise forms.ValidationError(
                "この短い名前は、もう使われています。別の名前にしてください。"
            )
        return slug


class FileForm(forms.Form):
    """A file that another town gave."""

    file = forms.FileField(
        label="手続きのファイル",
        help_text="ほかの町の「ファイルで出す」で出したもの（.yaml）です。",
        error_messages={
            "required": "ファイルを選んでください。",
            "empty": "中身が空です。もう一度もらってください。",
        },
    )


class AddQuestionForm(forms.Form):
    """A question begins as a kind and its words."""

    label = forms.CharField(
        label="聞くこと", max_length=400, error_messages={"required": "聞くことを書いてください。"}
    )
    kind = forms.ChoiceField(label="答え方")

    def __init__(self, *args: Any, in_group: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices(in_group=in_group)  # type: ignore[attr-defined]


def kind_choices(*, in_group: bool) -> list[tuple[str, str]]:
    """Every kind of question; a group holds no group."""
    return [(kind.key, kind.label) for kind in kinds if not (in_group and kind.key == "group")]


class AddPageForm(forms.Form):
    """A page begins as its title."""

    title = forms.CharField(
        label="新しいページの見出し",
        max_length=400,
        error_messages={"required": "ページの見出しを書いてください。"},
    )
