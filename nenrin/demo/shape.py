"""The plan's figures, and how households share them out (plan §1-2, R7.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

ELDER, ADULT, CHILD = "elder", "adult", "child"


@dataclass(frozen=True)
class TownShape:
    """How many households of each make a town has, and how many persons in all."""

    alone_elders: int
    elder_couples: int
    three_generations: int
    elder_with_adults: int
    without_elders: int
    residents: int

    @property
    def households(self) -> int:
        """All households."""
        return (
            self.alone_elders
            + self.elder_couples
            + self.three_generations
            + self.elder_with_adults
            + self.without_elders
        )


# 4,780 residents, 1,912 of them (40%) 65 or older, 410 elderly-only households of 1,700.
KANEYAMA = TownShape(190, 220, 400, 482, 408, 4780)
SMALL = TownShape(8, 8, 14, 16, 14, 166)


def household_makes(shape: TownShape, random: Random) -> list[list[str]]:
    """Ages of each household's members, in a shuffled order; exactly ``shape.residents``."""
    makes = list(_without_children(shape))
    younger = [make for make in makes if make.count(ADULT) >= 2]
    for _ in range(shape.residents - sum(len(make) for make in makes)):
        home = random.choice(younger)
        while home.count(CHILD) >= 4:
            home = random.choice(younger)
        home.append(CHILD)
    random.shuffle(makes)
    return makes


def _without_children(shape: TownShape) -> Iterator[list[str]]:
    yield from ([ELDER] for _ in range(shape.alone_elders))
    yield from ([ELDER, ELDER] for _ in range(shape.elder_couples))
    yield from ([ADULT, ADULT, ELDER, ELDER] for _ in range(shape.three_generations))
    yield from (
        [ADULT, ELDER] if number % 2 else [ADULT, ADULT, ELDER]
        for number in range(shape.elder_with_adults)
    )
    yield from (
        [ADULT] if number % 4 == 0 else [ADULT, ADULT] for number in range(shape.without_elders)
    )
