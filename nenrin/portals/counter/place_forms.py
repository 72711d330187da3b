"""What staff type about services, windows and times to book."""

from datetime import time
from typing import Any

from django import forms

from nenrin.engines.bookings.models import Resource
from nenrin.engines.bookings.rules import WEEKDAYS, Times
from nenrin.residents.counter.models import Service, Window

DAYS = [(str(n), f"{name}曜") for n, name in enumerate(WEEKDAYS)]
CLOCK = {"type": "time"}


class ServiceForm(forms.Form):
    """One service."""

    code = forms.SlugField(label="記号名（英字）", max_length=20)
    name = forms.CharField(label="業務の名前", max_length=40)
    letters = forms.RegexField(
        r"^[A-Z]{1,2}$",
        label="番号の頭の文字",
        help_text="A から Z の大文字",
        error_messages={"invalid": "A から Z の大文字を、1つか2つ書いてください。"},
    )
    owners = forms.CharField(
        label="受け持つ課（空白で区切る）",
        required=False,
        max_length=300,
        help_text="手続きの「担当」と同じ名前を書くと、案内に窓口の番号が出ます。",
    )
    usual_minutes = forms.IntegerField(label="ふだんの対応（分）", min_value=1, max_value=120)
    opens = forms.TimeField(label="受付のはじめ", widget=forms.TimeInput(CLOCK))
    closes = forms.TimeField(label="受付の終わり", widget=forms.TimeInput(CLOCK))
    takes_phones = forms.BooleanField(label="スマホで番号をとれる", required=False)
    is_open = forms.BooleanField(label="受け付けている", required=False)

    def __init__(self, *args: Any, service: Service | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = service or Service(is_open=True)
        for name, field in self.fields.items():
            field.initial = getattr(known, name, None)
        self.initial["owners"] = " ".join(known.owners)
        self.initial["letters"] = known.prefix
        if service:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        """The day must have a length."""
        found = super().clean() or {}
        if found.get("opens") and found.get("closes") and found["opens"] >= found["closes"]:
            self.add_error("closes", "受付の終わりを、はじめより後にしてください。")
        return found

    def values(self) -> dict[str, Any]:
        """Values by the model's fields; call it on a valid form."""
        known = dict(self.cleaned_data)
        prefix = known.pop("letters")
        return {**known, "prefix": prefix, "owners": known["owners"].split()}


class WindowForm(forms.Form):
    """One window and what it does."""

    number = forms.IntegerField(label="窓口の番号", min_value=1, max_value=99)
    name = forms.CharField(label="名前（なくてもよい）", max_length=40, required=False)
    services = forms.ModelMultipleChoiceField(
        Service.objects.none(), label="する業務", widget=forms.CheckboxSelectMultiple
    )
    is_open = forms.BooleanField(label="開いている", required=False)

    def __init__(self, *args: Any, window: Window | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"].queryset = Service.objects.all()  # type: ignore[attr-defined]
        known = window or Window(is_open=True)
        for name in ("number", "name", "is_open"):
            self.fields[name].initial = getattr(known, name)
        if window:
            self.initial["services"] = list(window.duties.values_list("service", flat=True))


class ResourceForm(forms.Form):
    """What can be booked: its week in a morning and an afternoon."""

    key = forms.SlugField(label="記号名（英字）", max_length=40)
    name = forms.CharField(label="予約の名前", max_length=60)
    place = forms.CharField(label="場所", max_length=60, required=False)
    is_room = forms.BooleanField(label="いっしょにとる個室", required=False)
    seats = forms.IntegerField(label="同じ時間に何人まで", min_value=1, max_value=20)
    first_day = forms.IntegerField(label="何日先から", min_value=0, max_value=60)
    days = forms.IntegerField(label="何日分", min_value=1, max_value=90)
    weekdays = forms.MultipleChoiceField(
        choices=DAYS, label="曜日", widget=forms.CheckboxSelectMultiple, required=False
    )
    is_every_day = forms.BooleanField(label="祝日や年末年始も開く", required=False)
    morning = forms.TimeField(label="午前のはじめ", required=False, widget=forms.TimeInput(CLOCK))
    noon = forms.TimeField(label="午前の終わり", required=False, widget=forms.TimeInput(CLOCK))
    after = forms.TimeField(label="午後のはじめ", required=False, widget=forms.TimeInput(CLOCK))
    evening = forms.TimeField(label="午後の終わり", required=False, widget=forms.TimeInput(CLOCK))
    minutes = forms.IntegerField(label="ひとり何分", min_value=5, max_value=480)
    is_open = forms.BooleanField(label="予約を受け付けている", required=False)

    def __init__(self, *args: Any, resource: Resource | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = resource or Resource(is_open=True)
        for name, field in self.fields.items():
            field.initial = getattr(known, name, None)
        self.initial.update(_week(resource) if resource else {"minutes": 30})
        if resource:
            del self.fields["key"]

    def clean_key(self) -> str:
        """Raises ValidationError for one that is there: its times would be replaced."""
        key = str(self.cleaned_data["key"])
        if Resource.objects.filter(key=key).exists():
            raise forms.ValidationError("同じ記号名の予約がもうあります。別のものにしてください。")
        return key

    def clean(self) -> dict[str, Any]:
        """Each half of the day needs both of its ends, in their order."""
        found = super().clean() or {}
        for start, end in (("morning", "noon"), ("after", "evening")):
            ends = found.get(start), found.get(end)
            if any(ends) and not (all(ends) and ends[0] < ends[1]):  # type: ignore[operator]
                self.add_error(end, "はじめと終わりを、順に書いてください。")
        return found

    def values(self) -> dict[str, Any]:
        """Values by the model's fields; call it on a valid form."""
        names = (
            "name",
            "place",
            "is_room",
            "seats",
            "first_day",
            "days",
            "is_every_day",
            "is_open",
        )
        return {name: self.cleaned_data[name] for name in names}

    def times(self) -> list[Times]:
        """The week; call it on a valid form."""
        known = self.cleaned_data
        halves = [("morning", "noon"), ("after", "evening")]
        return [
            Times(int(weekday), known[start], known[end], known["minutes"])
            for weekday in known["weekdays"]
            for start, end in halves
            if known[start] and known[end]
        ]


def _week(resource: Resource) -> dict[str, Any]:
    """The week as the form shows it: its first pattern of a morning and an afternoon."""
    openings = list(resource.openings.all())
    found: dict[str, Any] = {"weekdays": sorted({str(one.weekday) for one in openings})}
    found["minutes"] = openings[0].minutes if openings else 30
    noon = time(12, 30)
    for one in openings:
        names = ("morning", "noon") if one.starts < noon else ("after", "evening")
        found.setdefault(names[0], one.starts)
        found.setdefault(names[1], one.ends)
    return found


class ClosureForm(forms.Form):
    """A day off."""

    day = forms.DateField(label="休む日", widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label="わけ", max_length=80, required=False)
