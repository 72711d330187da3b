"""Reading the places everyone shares."""

from .models import District, TownPlace


def town_place() -> TownPlace | None:
    """The codes under which others speak of the town."""
    return TownPlace.objects.first()


def all_districts() -> list[District]:
    """The town's districts in their order."""
    return list(District.objects.all())
