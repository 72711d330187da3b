"""Facts about calls for help."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HelpCaseOpened:
    """A household needs help; ``again`` where it asked once more while its case was open."""

    case: int
    message: str
    household: int
    is_drill: bool
    again: bool


@dataclass(frozen=True)
class HelpCaseClosed:
    """Someone helped, or nobody had to."""

    case: int
    message: str
    household: int
    is_drill: bool
