"""What staff write about people and settings."""

from typing import Any

from django import forms

from nenrin.core.areas.models import District
from nenrin.core.messaging.models import Rung
from nenrin.core.messaging.services.climb_ladder import VISIT
from nenrin.core.messaging.services.edit_ladder import MOST_RUNGS, Step
from nenrin.core.messaging.transports.contract import transports
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.organization.roles import Role
from nenrin.core.organization.services.add_staff import Appointment


class SearchForm(forms.Form):
    """Whom to look for."""

    words = forms.CharField(
        label="名前・かな・世帯番号・住所", required=False, max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autofocus": True}),
    )  # fmt: skip
    district = forms.ModelChoiceField(
        District.objects.all(), label="地区", required=False, empty_label="すべて"
    )


class AppointmentForm(forms.Form):
    """Section, post and roles of a staff member."""

    section = forms.ModelChoiceField(Section.objects.all(), label="課・係")
    post = forms.CharField(label="職名", max_length=40)
    roles = forms.MultipleChoiceField(
        label="役割",
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="仕事に要るものだけをつけてください。",
    )

    def appointment(self) -> Appointment:
        """What a valid form says."""
        facts = self.cleaned_data
        return Appointment(facts["section"], facts["post"], facts["roles"])

    @classmethod
    def of(cls, member: StaffMember) -> "AppointmentForm":
        """The form as the member stands."""
        facts = {"section": member.section_id, "post": member.post, "roles": member.roles}
        return cls(initial=facts)


class NewMemberForm(AppointmentForm):
    """A new staff member."""

    name = forms.CharField(label="名前", max_length=80)
    email = forms.EmailField(label="職場のメールアドレス")
    field_order = ["name", "email", "section", "post", "roles"]


def kind_choices() -> list[tuple[str, str]]:
    """Every channel a rung may use, and the visit."""
    return [*((one.key, one.label) for one in transports), (VISIT, "訪問")]


class StepForm(forms.Form):
    """One rung of a ladder; without channels it is left out."""

    minutes = forms.IntegerField(label="出してから（分）", min_value=0, required=False)
    kinds = forms.MultipleChoiceField(
        label="送り方", choices=kind_choices, required=False, widget=forms.CheckboxSelectMultiple
    )


LadderForms = forms.formset_factory(StepForm, extra=0, min_num=MOST_RUNGS, max_num=MOST_RUNGS)


def steps_of(rungs: "forms.BaseFormSet[StepForm]") -> list[Step]:
    """The rungs as staff wrote them in valid forms, empty ones left out."""
    facts = [form.cleaned_data for form in rungs]
    return [
        Step((one.get("minutes") or 0) * 60, tuple(one.get("kinds", ())))
        for one in facts
        if one.get("kinds") or one.get("minutes")
    ]


def steps_as_written(rungs: list[Rung]) -> list[dict[str, Any]]:
    """The rungs as a form's initial values, empty ones added up to the most there may be."""
    found = [{"minutes": rung.wait_seconds // 60, "kinds": rung.kinds} for rung in rungs]
    return found + [{} for _ in range(MOST_RUNGS - len(found))]
