"""What forms are told from outside: the day, the town's own place names, times to choose from."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path
from typing import cast

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from nenrin.core.areas.models import District, Oaza
from nenrin.engines.bookings.rules import WEEKDAYS, Slot
from nenrin.engines.bookings.selectors import free_slots, open_resources
from nenrin.engines.casework.rules import is_business_day
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.fields.contract import Choice, Outside
from nenrin.engines.forms.fields.rich.time_slot import TimeSlotQuestion

SLOTS = Path(__file__).parent.parent / "data" / "slots.csv"


@dataclass(frozen=True)
class SlotRule:
    """Times that may be wished for, where the town books nothing under this name.

    The desk confirms; whether one is taken is not known here.
    """

    name: str
    first_day: int
    days: int
    is_every_day: bool
    times: tuple[str, ...]

    def choices(self, today: date) -> Iterator[Choice]:
        """The times of the next days, closed days left out."""
        offered, day = 0, today
        while offered < self.first_day + self.days - 1:
            day += timedelta(days=1)
            if not (self.is_every_day or is_business_day(day)):
                continue
            offered += 1
            if offered >= self.first_day:
                yield from self._of(day)

    def _of(self, day: date) -> Iterator[Choice]:
        for time in self.times:
            label = f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）{time}"
            yield Choice(value=f"{day.isoformat()} {time}", label=label)


@cache
def slot_rules() -> tuple[SlotRule, ...]:
    """The rules that ship with the product."""
    with SLOTS.open(encoding="utf-8") as file:
        return tuple(
            SlotRule(
                row["name"],
                int(row["first_day"]),
                int(row["days"]),
                bool(row["every_day"]),
                tuple(row["times"].split()),
            )
            for row in csv.DictReader(file)
        )


def outside_now(definition: Definition | None = None) -> Outside:
    """Today, in the town in scope; a list is made only for a page that asks for it."""
    today = timezone.localdate()
    lists = {rule.name: _when_asked(partial(_times, rule, today)) for rule in slot_rules()}
    areas = {"areas": _when_asked(area_choices)}
    return Outside(today, {**areas, **lists, **_bookable(definition)})


def _when_asked(make: Callable[[], tuple[Choice, ...]]) -> Sequence[Choice]:
    return cast("Sequence[Choice]", SimpleLazyObject(make))


def _times(rule: SlotRule, today: date) -> tuple[Choice, ...]:
    return tuple(rule.choices(today))


def _bookable(definition: Definition | None) -> dict[str, Sequence[Choice]]:
    """By name, the times that are free and are booked when the form is sent."""
    resources = open_resources()
    if definition is not None:
        asked = [q for _, q in definition.questions() if isinstance(q, TimeSlotQuestion)]
        if not asked:
            return {}
        resources = resources.filter(key__in=[question.slots_from for question in asked])
    now = timezone.now()
    return {
        resource.key: tuple(map(_choice, free_slots(resource, now, is_business_day)))
        for resource in resources.prefetch_related("openings")
    }


def _choice(slot: Slot) -> Choice:
    start = timezone.localtime(slot.starts_at)
    day = f"{start.month}月{start.day}日（{WEEKDAYS[start.weekday()]}）"
    return Choice(value=slot.starts_at.isoformat(), label=f"{day}{start:%-H時%M分}")


def area_choices() -> tuple[Choice, ...]:
    """大字 of the town, and districts that stand for one."""
    names = [*Oaza.objects.order_by("name_kana").values_list("name", flat=True)]
    names += District.objects.filter(oaza=None).values_list("name", flat=True)
    return tuple(Choice(value=name, label=f"大字{name}") for name in dict.fromkeys(names))
