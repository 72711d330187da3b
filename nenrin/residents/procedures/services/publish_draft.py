"""Publish what was written: the draft becomes the form's next version and is gone."""

from django.db import transaction

from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.definition_file import read_content
from nenrin.engines.forms.drafting.adoption import OWN
from nenrin.engines.forms.faults import DefinitionRefused, Fault
from nenrin.engines.forms.models import DefinitionDraft, DefinitionVersion
from nenrin.engines.forms.services.change_draft import locked_draft

from ..sections import section_for
from .publish_catalog import publish_procedure


@transaction.atomic
def publish_draft(*, draft: DefinitionDraft, revision: int, acting_user: str) -> DefinitionVersion:
    """Raises DefinitionRefused with everything to mend, DraftMoved where somebody was quicker."""
    found = locked_draft(draft, revision)
    definition = read_content(found.content)
    faults = still_wanting(found, definition)
    if faults:
        raise DefinitionRefused(faults)
    version = publish_procedure(definition=definition, acting_user=acting_user)
    found.delete()
    return version


def still_wanting(draft: DefinitionDraft, definition: Definition) -> list[Fault]:
    """What this town has to settle before a definition that works may go out."""
    faults = [
        Fault("よその町から来たもの", f"確かめてください: {OWN[key]}") for key in draft.to_check
    ]
    if not section_for(definition.owner):
        words = "この町の係を選んでください。申請がどこへ行くかが決まりません。"
        faults.append(Fault("役場のきまり", words))
    return faults
