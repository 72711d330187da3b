"""Cards to hold in a rehearsal: one that matches, one that somebody looks at, a stranger's."""

from nenrin.core.people.models import Person
from nenrin.rehearsal.card.reader import MadeUpCard

from .load_residents import RESIDENT

PLACE = "山形県最上郡金山町"
STRANGER = MadeUpCard(
    "stranger",
    "町の人でないカード",
    "旅野 一郎",
    "東京都千代田区永田町1-7-1",
    "19700101",
    "1",
)


def made_up_cards() -> list[MadeUpCard]:
    """Of the demo's resident, of somebody who has just moved within the town, and of a stranger."""
    living = Person.objects.filter(left_on=None, birth_date__isnull=False)
    living = living.filter(household__isnull=False).select_related("household")
    resident = living.filter(user__email=RESIDENT).first()
    moved = living.filter(is_head=True, user=None).order_by("number").first()
    cards = [_card(resident, "町の人のカード", "same")] if resident else []
    cards += [_card(moved, "引っ越したばかりの人のカード", "moved")] if moved else []
    return [*cards, STRANGER]


def _card(person: Person, label: str, kind: str) -> MadeUpCard:
    home = person.household.address if person.household else ""
    born = person.birth_date
    return MadeUpCard(
        id=f"{kind}-{person.number}",
        label=f"{label}（{person}）",
        name=f"{person.family_name}　{person.given_name}",
        address=f"{PLACE}{home}" if kind == "same" else f"{PLACE}大字有屋1番地の99",
        birthdate=f"{born:%Y%m%d}" if born else "",
        gender="1" if person.sex == Person.Sex.MALE else "2",
    )
