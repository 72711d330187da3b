"""Take a definition from a file and publish it."""

from ..definition_file import read_definition
from ..models import DefinitionVersion
from .publish_version import publish_version


def import_definition(*, text: str, acting_user: str) -> DefinitionVersion:
    """Publish what the file says. Raises DefinitionRefused with everything to mend in it."""
    return publish_version(definition=read_definition(text), acting_user=acting_user)
