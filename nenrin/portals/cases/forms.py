"""What a clerk chooses before typing for somebody."""

from typing import Any

from django import forms

from nenrin.core.people.models import Household, Person
from nenrin.residents.procedures.guide import open_procedures
from nenrin.residents.procedures.models import Mouth

MOUTHS = [(mouth.value, mouth.label) for mouth in Mouth if mouth != Mouth.PHONE]


class MouthForm(forms.Form):
    """How something came in, and whether the person was looked at."""

    mouth = forms.ChoiceField(
        label="どう受けたか",
        choices=MOUTHS,
        widget=forms.RadioSelect,
        error_messages={"required": "窓口・電話・紙から選んでください。"},
    )
    is_known = forms.BooleanField(
        label="本人（または代理人）を書類などで確かめました", required=False
    )


class EnterForm(MouthForm):
    """Which procedure, for whom, how it came, and whether the person was looked at."""

    field_order = ("slug", "person", "mouth", "is_known")
    slug = forms.ChoiceField(
        label="手続き", error_messages={"required": "手続きを選んでください。"}
    )
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label="だれの申請",
        required=False,
        empty_label="町民以外・わからない",
    )

    def __init__(self, *args: Any, household: Household | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(e.definition.slug, e.definition.title) for e in open_procedures()]
        self.fields["slug"].choices = [("", "選んでください"), *choices]  # type: ignore[attr-defined]
        if household is None:
            del self.fields["person"]
            return
        living = Person.objects.filter(household=household, left_on=None)
        self.fields["person"].queryset = living.order_by("-is_head", "birth_date")  # type: ignore[attr-defined]
