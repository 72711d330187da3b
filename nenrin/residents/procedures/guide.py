"""Finding procedures by everyday words and life events, and what each page says of one."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from nenrin.core.language.search_words import search_words
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.selectors import definition_of, open_versions

TITLE, KEYWORD, TEXT = 5, 4, 1
ENDINGS = {
    "online": "家から最後までできます",
    "pickup": "申し込みは家から、受け取りは窓口です",
    "visit": "申し込みは家から、一度お越しいただきます",
}
IDENTITIES = {
    "none": "いりません",
    "contact": "連絡先（電話かメール）",
    "login": "サインイン",
    "card": "マイナンバーカード。なければサインインして、窓口か郵送でもう一度確かめます",
}
PAY_WORDS = {
    "before": "受け付けのあとで払い方をご案内します",
    "after": "決まったあとで払い方をご案内します",
    "on_pickup": "受け取るときに払います",
    "on_site": "当日その場で払います",
}


@dataclass(frozen=True)
class Entry:
    """One procedure in a list."""

    definition: Definition

    @property
    def ending(self) -> str:
        """How far it goes from home."""
        return ENDINGS[self.definition.ending]

    @property
    def identity(self) -> str:
        """What the applicant needs to be known by."""
        return IDENTITIES[self.definition.identity]

    @property
    def in_the_way(self) -> str:
        """What keeps it from ending at home for everybody; nothing where it does."""
        if self.definition.obstacle or self.definition.ending != "online":
            return self.definition.obstacle or ENDINGS[self.definition.ending]
        return IDENTITIES["card"] if self.definition.identity == "card" else ""

    @property
    def has_examples(self) -> bool:
        """Whether a law or fee in it is an example that the town must confirm."""
        return bool(self.examples_left)

    @property
    def examples_left(self) -> tuple[str, ...]:
        """Each law and each fee that the town must confirm, by its name."""
        fees = self.definition.fee.rules if self.definition.fee else ()
        laws = (basis.name for basis in self.definition.legal_basis if basis.is_example)
        return (*laws, *(f"手数料「{fee.name}」" for fee in fees if fee.is_example))


def open_procedures() -> list[Entry]:
    """Every procedure that may be started, by group and title."""
    entries = [Entry(definition_of(version)) for version in open_versions()]
    return sorted(entries, key=lambda entry: (entry.definition.group, entry.definition.title))


def by_group(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """Entries under their life event."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.definition.group or "そのほか", []).append(entry)
    return list(groups.items())


@dataclass(frozen=True)
class Scoreboard:
    """How far the town's procedures go from home, drawn from the definitions themselves."""

    entries: list[Entry]

    @property
    def total(self) -> int:
        """How many may be begun at home."""
        return len(self.entries)

    def ending(self, name: str) -> list[Entry]:
        """Those that end so."""
        return [entry for entry in self.entries if entry.definition.ending == name]

    @property
    def complete(self) -> int:
        """How many are made to their last field."""
        return sum(entry.definition.is_complete for entry in self.entries)

    @property
    def examples(self) -> int:
        """How many hold a law or a fee that the town has still to confirm."""
        return sum(entry.has_examples for entry in self.entries)


def scoreboard() -> Scoreboard:
    """Of everything that is open now."""
    return Scoreboard(open_procedures())


def find_procedures(words: str) -> list[Entry]:
    """Those that hold all the words, best first: whole everyday words, or their readings' parts."""
    wanted = unicodedata.normalize("NFKC", words).split()
    scored = [(_score(entry.definition, wanted), entry) for entry in open_procedures()]
    found = [pair for pair in scored if pair[0]]
    return [entry for _, entry in sorted(found, key=lambda pair: -pair[0])]


def _score(definition: Definition, wanted: list[str]) -> int:
    held = _haystack(definition.title, definition.keywords, definition.group + definition.summary)
    each = [
        max((weight for text, weight in held if _holds(text, word)), default=0) for word in wanted
    ]
    return sum(each) if each and all(each) else 0


def _holds(text: tuple[str, frozenset[str]], word: str) -> bool:
    plain, tokens = text
    return word in plain or (bool(found := _tokens(word)) and found <= tokens)


@lru_cache(maxsize=512)
def _haystack(
    title: str, keywords: tuple[str, ...], rest: str
) -> tuple[tuple[tuple[str, frozenset[str]], int], ...]:
    texts = ((title, TITLE), (" ".join(keywords), KEYWORD), (rest, TEXT))
    return tuple(((text, _tokens(text)), weight) for text, weight in texts)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(search_words(text))
