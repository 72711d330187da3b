"""Publish what was written: the draft becomes the form's next version and is gone."""

from django.db import transaction

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
    faults = [
        Fault("よその町から来たもの", f"確かめてください: {OWN[key]}") for key in found.to_check
    ]
    if not section_for(definition.owner):
        faults.append(
            Fault("担当", "この町の係を選んでください。申請がどこへ行くかが決まりません。")
        )
    if faults:
        raise DefinitionRefused(faults)
    version = publish_procedure(definition=definition, acting_user=acting_user)
    found.delete()
    return version
