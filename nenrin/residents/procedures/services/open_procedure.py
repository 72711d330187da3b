"""Close a procedure to new applications, or open it again."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.search.services.index_entry import remove_entry
from nenrin.engines.forms.models import FormDefinition
from nenrin.engines.forms.selectors import definition_of, newest_of

from .publish_catalog import SEARCH_KIND, make_findable


@transaction.atomic
def open_procedure(*, form: FormDefinition, is_open: bool, acting_user: str) -> None:
    """Applications that run are not touched; what is closed is not found any more.

    A form that only follows another stays closed: nobody begins with it.
    """
    newest = newest_of(form.slug)
    is_stage = newest is not None and definition_of(newest).is_stage
    if form.is_open == is_open or (is_open and is_stage):
        return
    form.is_open = is_open
    form.save(update_fields=["is_open"])
    if is_open and newest:
        make_findable(newest)
    else:
        remove_entry(kind=SEARCH_KIND, key=form.slug)
    record_act(
        actor=acting_user,
        action="forms.open" if is_open else "forms.close",
        subject=f"form:{form.slug}",
    )
