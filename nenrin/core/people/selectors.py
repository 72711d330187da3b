"""Reading the register."""

from .models import Household


def living_households() -> int:
    """How many households live in the town in scope."""
    return Household.objects.filter(left_on=None).count()
