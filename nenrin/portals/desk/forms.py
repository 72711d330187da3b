"""The two screens of the composer: what it is and whom it is for, then the words."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from nenrin.core.areas.models import District
from nenrin.core.messaging.states import Severity
from nenrin.residents.orders.drafts import WORDS, Aim
from nenrin.residents.orders.levels import ENDINGS, Hazard, Kind, Level
from nenrin.residents.orders.models import MessageDraft
from nenrin.residents.orders.selectors import standing_orders
from nenrin.residents.orders.services.set_consent_rules import NEVER
from nenrin.residents.orders.words import Proposal

ORDER = "order-"
WHATS = [
    ("news", "ふつうの知らせ"),
    ("important", "重要な知らせ"),
    *((f"{ORDER}{level.value}", f"警戒レベル{level.value} {level.label}") for level in Level),
]
UNTIL = "until"
HOURS = [("6", "6時間"), ("12", "12時間"), ("24", "24時間"), (UNTIL, "日時を決める")]
LONGEST = timedelta(days=60)


class AimForm(forms.Form):
    """What, for whom, until when. An ending's or a telegram's subject is fixed."""

    what = forms.ChoiceField(
        label="何を出しますか",
        choices=WHATS,
        widget=forms.RadioSelect,
        error_messages={"required": "何を出すかを選んでください。"},
    )
    hazard = forms.ChoiceField(
        label="何のために", choices=Hazard.choices, required=False, widget=forms.RadioSelect
    )
    everyone = forms.BooleanField(label="町内全域", required=False)
    districts = forms.TypedMultipleChoiceField(
        label="地区", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    hours = forms.ChoiceField(
        label="いつまで有効ですか", choices=HOURS, widget=forms.RadioSelect, initial="12"
    )
    until = forms.DateTimeField(
        label="有効期限の日時",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "日付と時刻を選んでください。"},
    )
    asks_safety = forms.BooleanField(label="無事かどうかをたずねる", required=False)
    is_drill = forms.BooleanField(label="訓練として出す", required=False)

    def __init__(self, *args: Any, draft: MessageDraft | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.fields["districts"].choices = [(d.pk, d.name) for d in self._districts()]  # type: ignore[attr-defined]
        if self.is_fixed:
            del self.fields["what"], self.fields["hazard"]
        if draft and (self.is_fixed or draft.event_id):
            del self.fields["is_drill"]

    @property
    def is_fixed(self) -> bool:
        """Whether what it is about cannot be chosen any more."""
        return bool(self.draft and self.draft.kind in (*ENDINGS, Kind.WEATHER))

    def _districts(self) -> list[District]:
        if self.draft and self.draft.kind == Kind.LIFT and self.draft.event:
            standing = {order.district_id for order in standing_orders(self.draft.event)}
            if standing:
                return list(District.objects.filter(pk__in=standing))
        return list(District.objects.all())

    def clean(self) -> dict[str, Any]:
        """Districts and an end in the future; what was typed stays in the form."""
        data = super().clean() or {}
        if str(data.get("what", "")).startswith(ORDER) and not data.get("hazard"):
            self.add_error("hazard", "何のための避難情報かを選んでください。")
        if not data.get("everyone") and not data.get("districts"):
            self.add_error("districts", "だれに送るかが決まっていません。地区を選んでください。")
        if data.get("hours") == UNTIL and "until" not in self.errors:
            self._check_until(data.get("until"))
        return data

    def _check_until(self, until: datetime | None) -> None:
        now = timezone.now()
        if until is None:
            self.add_error("until", "有効期限の日時を選んでください。")
        elif until <= now:
            self.add_error("until", "もう過ぎた日時です。先の日時を選んでください。")
        elif until > now + LONGEST:
            self.add_error("until", "60日より先にはできません。近い日時を選んでください。")

    def aim(self) -> Aim:
        """What was chosen; only after `is_valid`."""
        data = self.cleaned_data
        what = data.get("what", "")
        everyone = bool(data["everyone"]) or len(data["districts"]) == District.objects.count()
        return Aim(
            kind=self._kind(what),
            level=int(what.removeprefix(ORDER)) if what.startswith(ORDER) else None,
            hazard=data.get("hazard") or Hazard.OTHER,
            is_whole_town=everyone,
            districts=() if everyone else tuple(data["districts"]),
            expires_at=self._end(data),
            asks_safety=bool(data["asks_safety"]),
            is_drill=bool(data.get("is_drill")),
        )

    def _kind(self, what: str) -> str:
        if self.is_fixed and self.draft:
            return self.draft.kind
        return Kind.ORDER.value if what.startswith(ORDER) else what

    @staticmethod
    def _end(data: dict[str, Any]) -> datetime:
        if data["hours"] == UNTIL:
            return data["until"]  # type: ignore[no-any-return]
        return timezone.now() + timedelta(hours=int(data["hours"]))


def aim_initial(draft: MessageDraft) -> dict[str, Any]:
    """The first screen's values for a draft that is there."""
    what = f"{ORDER}{draft.level}" if draft.kind == Kind.ORDER else draft.kind
    return {
        "what": what,
        "hazard": draft.hazard,
        "everyone": draft.is_whole_town,
        "districts": draft.districts,
        "hours": UNTIL,
        "until": draft.expires_at,
        "asks_safety": draft.asks_safety,
        "is_drill": draft.is_drill,
    }


class WordsForm(forms.Form):
    """The words in every form. Nothing is required while writing; releasing checks."""

    title = forms.CharField(label="題名", max_length=120, required=False, strip=False)
    body = forms.CharField(
        label="本文",
        required=False,
        strip=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="いちばん先に、何をすればよいかを書きます。",
    )
    easy_body = forms.CharField(
        label="やさしい日本語",
        required=False,
        strip=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="短い文で、ことばの間をあけて書きます。",
    )
    reading = forms.CharField(
        label="読み上げる文",
        required=False,
        strip=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="タブレットと電話が声に出します。空なら、題名と本文から作ります。",
    )
    english_title = forms.CharField(label="英語の題名", required=False, strip=False, max_length=200)
    english_body = forms.CharField(
        label="英語の本文",
        required=False,
        strip=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def proposal(self) -> Proposal:
        """The words as typed; what is too long for a field is kept up to its end."""
        return Proposal(**{name: self._typed(name) for name in WORDS})

    def _typed(self, name: str) -> str:
        longest = self.fields[name].max_length  # type: ignore[attr-defined]
        return str(self.data.get(name, ""))[:longest].replace("\x00", "")


def words_initial(draft: MessageDraft) -> dict[str, str]:
    """The second screen's values."""
    return {name: getattr(draft, name) for name in WORDS}


class ConsentForm(forms.Form):
    """From which severity each kind needs a second person. Orders always do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(value, f"「{label}」から上") for value, label in Severity.choices if value]
        choices = [(0, "いつも"), *levels, (NEVER, "同意はいらない")]
        for kind in Kind:
            if kind != Kind.ORDER:
                self.fields[kind.value] = forms.TypedChoiceField(
                    label=kind.label, choices=choices, coerce=int
                )
