"""What is typed at the counter and before it."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms

from nenrin.engines.bookings.rules import Slot
from nenrin.engines.forms.fields.text_rules import MY_NUMBER_WORDS, holds_my_number


class CodeForm(forms.Form):
    """The way back to what was prepared; a scanner types the whole address."""

    code = forms.CharField(
        label="来庁コード",
        max_length=200,
        help_text="8文字です（例: ABCD-EFGH）。",
        error_messages={"required": "コードを書いてください。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class SlotForm(forms.Form):
    """A time, one of those that are free."""

    slot = forms.ChoiceField(
        label="日時",
        widget=forms.RadioSelect,
        error_messages={
            "required": "日時を選んでください。",
            "invalid_choice": "その日時はうまってしまいました。ほかの日時を選んでください。",
        },
    )

    def __init__(self, *args: Any, slots: Sequence[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._slots = {slot.starts_at.isoformat(): slot for slot in slots}
        choices = [(key, key) for key in self._slots]
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Slot:
        """The chosen time; call it on a valid form."""
        return self._slots[self.cleaned_data["slot"]]


class BookingForm(SlotForm):
    """Who comes, and with what."""

    name = forms.CharField(
        label="名前",
        max_length=80,
        error_messages={"required": "名前を書いてください。"},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    telephone = forms.CharField(
        label="電話番号",
        max_length=20,
        help_text="例: 0233-00-0000",
        error_messages={"required": "電話番号を書いてください。"},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    words = forms.CharField(
        label="何のご用ですか（なくてもかまいません）", max_length=200, required=False
    )
    room = forms.BooleanField(label="個室で話したい", required=False)
    # The page's own key: a second tap finds what the first one booked.
    page = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_room: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_room:
            del self.fields["room"]

    def clean_telephone(self) -> str:
        """Digits only; raises ValidationError for what is no Japanese number."""
        typed = unicodedata.normalize("NFKC", str(self.cleaned_data["telephone"]))
        plain = re.sub(r"[^0-9]", "", typed)
        if not re.fullmatch(r"0\d{9,10}", plain):
            raise forms.ValidationError("市外局番から、数字10桁か11桁で入れてください。")
        return plain

    def clean_words(self) -> str:
        """Raises ValidationError for something like a My Number."""
        words = str(self.cleaned_data["words"])
        if holds_my_number(words):
            raise forms.ValidationError(MY_NUMBER_WORDS)
        return words
