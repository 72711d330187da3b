"""Every component with made-up content, for those who build pages."""

from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nenrin.core.messaging.states import Severity
from nenrin.core.organization.access import staff_required
from nenrin.core.ui.menu import DOORS
from nenrin.core.ui.templatetags.nenrin import icon_paths


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="名前", help_text="例: 金山 花子")
    telephone = forms.CharField(
        label="電話番号", widget=forms.TextInput(attrs={"inputmode": "tel"}), required=False
    )
    words = forms.CharField(label="くわしいこと", widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(
        label="種類", choices=[("a", "お知らせ"), ("b", "回覧板")], widget=forms.RadioSelect
    )
    hour = forms.ChoiceField(label="時刻", choices=[("9", "9時"), ("10", "10時")])


@require_GET
@staff_required
def catalogue(request: HttpRequest) -> HttpResponse:
    """The components, one under another."""
    bands = [
        SimpleNamespace(
            severity=int(severity),
            get_severity_display=severity.label,
            title="山沿いの地区は早めに避難してください",
            is_drill=severity is Severity.LEVEL_3,
        )
        for severity in Severity
    ]
    context = {
        "bands": bands,
        "form": SampleForm(initial={"name": "金山 花子"}),
        "wrong": SampleForm({"name": "", "kind": "z"}, auto_id="wrong_%s"),
        "page": Paginator(range(100), 10).get_page(3),
        "doors": [
            {"label": label, "description": words, "icon": icon, "waiting": waiting}
            for (label, words, icon), waiting in zip(DOORS.values(), (3, 0, 0, 1), strict=True)
        ],
        "shares": [0.0, 0.5, 0.94, 1.0],
        "icon_names": sorted(icon_paths()),
        "widths": [3.0, 8.0, 2.0, 12.0, 6.0],
    }
    return render(request, "catalogue/catalogue.html", context)
