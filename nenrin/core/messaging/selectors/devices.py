"""Whether anything carries written words to somebody; telephones and paper do not."""

from django.db.models import Q, QuerySet

from nenrin.core.people.models import Household, Person

from ..models import Endpoint


def words_reach_person(person: Person) -> bool:
    """By a device of their own, or the household's where they live alone (`climb_ladder.MEANT`)."""
    theirs = Q(person=person)
    family = Person.objects.filter(household=person.household_id, left_on=None)
    if not family.exclude(pk=person.pk).exists():
        theirs |= Q(person=None, household=person.household_id)
    return _carry_words(Endpoint.objects.filter(theirs))


def words_reach_household(household: Household) -> bool:
    """By any device in the household."""
    return _carry_words(household.endpoints.all())


def _carry_words(endpoints: QuerySet[Endpoint]) -> bool:
    working = endpoints.filter(
        retired_at=None, verified_at__isnull=False, consented_at__isnull=False
    )
    return working.exclude(kind__in=("voice", "sms")).exists()
