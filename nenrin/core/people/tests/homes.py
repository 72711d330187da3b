"""A household to test with."""

from datetime import date

from nenrin.core.areas.models import District
from nenrin.core.people.models import Household, Person


def make_home(number: str = "H1", district: str = "01") -> tuple[Person, Person]:
    """A couple in one household, the head first."""
    place = District.objects.get(code=district)
    home = Household.objects.create(number=number, district=place, address="大字金山1番地")
    names = (("太郎", "タロウ", date(1950, 1, 2)), ("花", "ハナ", date(1952, 3, 4)))
    made = [
        Person.objects.create(
            household=home,
            number=f"{number}-{at}",
            family_name="髙橋",
            given_name=given,
            family_name_kana="タカハシ",
            given_name_kana=kana,
            birth_date=born,
            is_head=at == 0,
        )
        for at, (given, kana, born) in enumerate(names)
    ]
    return made[0], made[1]
