"""Close a form to new applications, or open it again."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..models import FormDefinition


@transaction.atomic
def set_form_open(*, form: FormDefinition, is_open: bool, acting_user: str) -> None:
    """Applications that run are not touched."""
    if form.is_open == is_open:
        return
    form.is_open = is_open
    form.save(update_fields=["is_open"])
    record_act(
        actor=acting_user,
        action="forms.open" if is_open else "forms.close",
        subject=f"form:{form.slug}",
    )
