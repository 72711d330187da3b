"""The 警戒レベル that a message's words carry: the town's own, or 気象庁's 相当."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext

LEVEL = re.compile(r"警戒レベル\s*([1-5])\s*(相当)?")


@dataclass(frozen=True, slots=True)
class Level:
    """A number from 1 to 5; ``is_equivalent`` where it informs and is no order of the town."""

    number: int
    is_equivalent: bool

    @property
    def words(self) -> str:
        """As it is written on the band, in the reader's language."""
        words = (
            gettext("警戒レベル%(level)s相当")
            if self.is_equivalent
            else gettext("警戒レベル%(level)s")
        )
        return words % {"level": self.number}


def level_in_words(*texts: str) -> Level | None:
    """The highest level that the texts name; the town's own goes before an equivalent."""
    found = [
        Level(int(number), bool(equivalent))
        for text in texts
        for number, equivalent in LEVEL.findall(unicodedata.normalize("NFKC", text))
    ]
    return max(found, key=lambda level: (level.number, not level.is_equivalent), default=None)
