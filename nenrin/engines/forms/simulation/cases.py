"""Whole sets of answers: each rule's own questions in every combination, all others ordinary."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from ..evaluation.program import Asked, Program
from ..fields.rich.group import GroupQuestion
from .combinations import combine, pairwise
from .domains import FIRST_ALONE, Domains, domains_of

Case = dict[str, Any]


class CaseMaker:
    """Makes answers for one program on one day."""

    def __init__(self, program: Program, today: date) -> None:
        self.program = program
        self.domains: Domains = domains_of(program, today)
        self._base: dict[str, Any] = {}
        self._asked = {asked.key: asked for asked in program.asked()}
        self._pages = {page.section.name: page for page in program.pages}
        self._ordinary = {
            asked.key: asked.question.samples(today)[0]
            for asked in program.asked()
            if asked.compute is None and not asked.inner
        }
        self._every = {
            asked.key: asked.question.samples(today)
            for asked in program.asked()
            if asked.question.kind in ("choice", "several", "yes_no")
        }

    def settle(self, is_good: Callable[[Case], bool]) -> None:
        """Take the first answers that are good as the ordinary ones, from which others differ."""
        for chosen in self._assignments():
            if is_good(self.answers(chosen)):
                self._base = chosen
                return

    def cases(self) -> Iterator[Case]:
        """Answers without repetition, the ordinary first."""
        seen: set[str] = set()
        for chosen in self._assignments():
            mark = repr(sorted(chosen.items()))
            if mark not in seen:
                seen.add(mark)
                yield self.answers(chosen)

    def alone(self, key: str, base: Case) -> Iterator[tuple[Any, Case]]:
        """Each tried answer of one question, with all others as in the base or ordinary."""
        for value in self.domains.get(key, ()):
            yield value, self.answers(base | {key: value})

    def _assignments(self) -> Iterator[dict[str, Any]]:
        yield {}
        for key, values in (*self._every.items(), *self.domains.items()):
            yield from ({key: value} for value in values)
        for keys in dict.fromkeys(self._together()):
            yield from self._combined(keys)
        sizes = {key: len(values) for key, values in self.domains.items() if len(values) > 1}
        for row in pairwise(sizes):
            yield {key: self.domains[key][position] for key, position in row.items()}

    def _together(self) -> Iterator[frozenset[str]]:
        """Questions that one rule, or one question's being asked at all, depends on."""
        for formula in self.program.formulas():
            yield frozenset(self.variables(formula.uses))
        for asked in self.program.asked():
            yield frozenset(self.variables({asked.key}))
        # A fee rule holds only where those before it do not: they are tried together.
        conditions = [when.uses for when, _, _ in self.program.fees if when]
        yield frozenset(self.variables(frozenset().union(*conditions)))

    def _combined(self, keys: frozenset[str]) -> Iterator[dict[str, Any]]:
        choices = {key: self.domains[key] for key in sorted(keys)}
        for row in combine(choices):
            yield {key: choices[key][position] for key, position in row.items()}

    def variables(self, keys: frozenset[str] | set[str]) -> set[str]:
        """The tried questions that decide these: themselves, and what shows or computes them."""
        found: set[str] = set()
        waiting, seen = list(keys), set()
        while waiting:
            key = waiting.pop()
            if key in seen or key not in self._asked:
                continue
            seen.add(key)
            asked = self._asked[key]
            group = asked.group or (key if asked.inner else "")
            found |= {name for name in (key, f"#{group}", f"~{group}") if name in self.domains}
            page = self._pages[asked.section]
            for rule in (asked.show, asked.skip, asked.compute, page.show, page.skip):
                waiting.extend(rule.uses if rule else ())
            if asked.group:
                waiting.append(asked.group)
        return found

    def answers(self, chosen: dict[str, Any]) -> Case:
        """Stored answers for everything, the chosen among them."""
        found: Case = {}
        for page in self.program.pages:
            for asked in page.asked:
                key = asked.key
                if isinstance(asked.question, GroupQuestion):
                    found[key] = self._items(asked, chosen)
                elif asked.compute is None:
                    found[key] = self._one(key, chosen)
        return {key: value for key, value in found.items() if value is not None}

    def _one(self, key: str, chosen: dict[str, Any]) -> Any:
        for given in (chosen, self._base):
            if key in given:
                return given[key]
        return self.domains[key][0] if key in self.domains else self._ordinary[key]

    def _items(self, asked: Asked, chosen: dict[str, Any]) -> list[dict[str, Any]]:
        size: int = self._one(f"#{asked.key}", chosen)
        keys = [inner.key for inner in asked.inner if inner.compute is None]
        first_alone = chosen.get(f"~{asked.key}") == FIRST_ALONE
        items = []
        for position in range(size):
            taken = {} if position and first_alone else chosen
            item = {key.partition(".")[2]: self._one(key, taken) for key in keys}
            items.append({name: value for name, value in item.items() if value is not None})
        return items
