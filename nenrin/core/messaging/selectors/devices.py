"""Whether anything of theirs hears the river, before a message is made for them alone."""

from django.db.models import Q, QuerySet

from nenrin.core.people.models import Household, Person

from ..models import Endpoint


def has_own_device(person: Person) -> bool:
    """Whether a message for this person has a way, by the rule of `climb_ladder.MEANT`.

    Their own devices count, and those of the home where they live alone.
    """
    theirs = Q(person=person)
    family = Person.objects.filter(household=person.household_id, left_on=None)
    if not family.exclude(pk=person.pk).exists():
        theirs |= Q(person=None, household=person.household_id)
    return _carries_words(Endpoint.objects.filter(theirs))


def has_device(household: Household) -> bool:
    """Whether something other than a telephone or paper carries words into this household."""
    return _carries_words(household.endpoints.all())


def _carries_words(endpoints: QuerySet[Endpoint]) -> bool:
    working = endpoints.filter(
        retired_at=None, verified_at__isnull=False, consented_at__isnull=False
    )
    return working.exclude(kind__in=("voice", "sms")).exists()
