"""Who lives in a household, said as shortly as help needs it: 80代 ひとり."""

from collections.abc import Sequence
from datetime import date

ELDER, SMALL = 65, 6
COUNT_WORDS = {1: "ひとり", 2: "ふたり"}


def age_on(birth_date: date, today: date) -> int:
    """Completed years."""
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    return today.year - birth_date.year - (not had_birthday)


def composition(birth_dates: Sequence[date | None], today: date) -> str:
    """80代 ひとり, 70代 ふたり for elders alone, else 5人（65歳以上 2人・6歳まで 1人）."""
    ages = [age_on(day, today) for day in birth_dates if day]
    people = len(birth_dates)
    count = COUNT_WORDS.get(people, f"{people}人")
    elders = sum(age >= ELDER for age in ages)
    if people and people == elders:
        return f"{max(ages) // 10 * 10}代 {count}"
    small = sum(age <= SMALL for age in ages)
    parts = [f"65歳以上 {elders}人"] if elders else []
    parts += [f"6歳まで {small}人"] if small else []
    return f"{count}（{'・'.join(parts)}）" if parts else count
