"""Give a town the procedures that ship with the product."""

from nenrin.engines.forms.models import DefinitionVersion
from nenrin.engines.forms.services.publish_version import publish_version

from ..catalog import catalog


def publish_catalog(*, acting_user: str) -> list[DefinitionVersion]:
    """Publish every shipped definition in the town in scope; those that have not changed stay.

    Raises DefinitionRefused for one that the simulator refuses. Takes some seconds.
    """
    return [
        publish_version(definition=definition, acting_user=acting_user)
        for definition in catalog().values()
    ]
