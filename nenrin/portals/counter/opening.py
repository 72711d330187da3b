"""Beginning the forms that an interview named, by the person or by a clerk for them."""

from dataclasses import dataclass

from django.db import transaction

from nenrin.engines.forms.selectors import newest_version
from nenrin.residents.counter.models import Preparation
from nenrin.residents.counter.services.keep_preparation import locked, note_form
from nenrin.residents.procedures.models import Application, Mouth
from nenrin.residents.procedures.services.drafts.start_application import (
    Starter,
    StartRefused,
    start_application,
)
from nenrin.residents.procedures.services.drafts.take_over_draft import take_over_draft


@transaction.atomic
def open_form(
    *, preparation: Preparation, slug: str, starter: Starter, acting_user: str
) -> tuple[Application, str]:
    """Begin one form, with the code to come back with; again, it gives the one begun before.

    Two taps wait for each other here. Raises StartRefused and CounterRefused.
    """
    begun = locked(preparation).forms.filter(slug=slug).first()
    known = Application.objects.filter(pk=begun.application).first() if begun else None
    if known is not None:
        if starter.mouth == Mouth.COUNTER:
            take_over_draft(application=known, starter=starter, acting_user=acting_user)
        return known, ""
    version = newest_version(slug)
    if version is None:
        raise StartRefused("この手続きは、いま受け付けていません。")
    application, code = start_application(version=version, starter=starter, acting_user=acting_user)
    note_form(
        preparation=preparation, slug=slug, application=application.pk, acting_user=acting_user
    )
    return application, code


@dataclass(frozen=True)
class Begun:
    """How far a form came: not begun, begun, or sent under a number."""

    application: Application | None

    @property
    def number(self) -> str:
        """The number of the case; empty before it was sent."""
        case = self.application.case if self.application else None
        return case.number if case else ""


def begun_forms(preparation: Preparation) -> dict[str, Begun]:
    """By slug, the forms begun from a preparation."""
    forms = dict(preparation.forms.values_list("slug", "application"))
    found = Application.objects.select_related("case").in_bulk(forms.values())
    return {slug: Begun(found.get(key)) for slug, key in forms.items()}
