"""Every address of the URL resolver, with its place in the table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from .pages import ARGUMENTS, BY_NAME, BY_PREFIX, Argument, Who


@dataclass(frozen=True)
class Address:
    """One URL of the resolver."""

    route: str
    name: str
    parts: tuple[str, ...]

    @property
    def who(self) -> Who | None:
        """Its line of the table; None where there is none."""
        by_prefix = (who for prefix, who in BY_PREFIX if self.route.startswith(prefix))
        return BY_NAME.get(self.name) or next(by_prefix, None)

    def argument(self, part: str) -> Argument | None:
        """What stands for a part of the address."""
        return ARGUMENTS.get(f"{self.name}.{part}") or ARGUMENTS.get(part)

    @property
    def names_ours(self) -> bool:
        """Whether it names a thing of the town under attack."""
        return any(argument.is_ours for argument in map(self.argument, self.parts) if argument)

    def path(self, world: Any) -> str:
        """The address with our things in it."""
        values = {part: self.argument(part).value(world) for part in self.parts}
        return reverse(self.name, kwargs=values)

    @property
    def missing(self) -> list[str]:
        """What to add to tests/security/pages.py before this URL can be tried."""
        found = []
        if not self.name:
            return [f"give the URL {self.route!r} a name"]
        if self.who is None:
            choices = ", ".join(f"Who.{who.name}" for who in Who)
            found.append(f'BY_NAME: "{self.name}": one of {choices},  # {self.route}')
        for part in self.parts:
            if self.argument(part) is None:
                found.append(
                    f'ARGUMENTS: "{self.name}.{part}": ours(lambda world: …) or word(…),'
                    f"  # {self.route}"
                )
        return found


def every_address() -> list[Address]:
    """All URLs, in the resolver's order."""
    return list(_walk(get_resolver().url_patterns, Address("", "", ())))


def _walk(patterns: list[URLPattern | URLResolver], above: Address) -> Iterator[Address]:
    """``above`` carries the route, the namespaces and the parts that lead here."""
    for pattern in patterns:
        route = above.route + str(pattern.pattern)
        parts = above.parts + tuple(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            space = f"{above.name}{pattern.namespace}:" if pattern.namespace else above.name
            yield from _walk(pattern.url_patterns, Address(route, space, parts))
        else:
            yield Address(route, f"{above.name}{pattern.name}" if pattern.name else "", parts)
