"""What the actions of the audit trail are called; every module registers its own."""

from dataclasses import dataclass

from nenrin.core.registry.registry import Registry


@dataclass(frozen=True)
class Wording:
    """An action (``key``) in the words of the town hall."""

    key: str
    words: str


wordings: Registry[Wording] = Registry("audit wording")


def register_wordings(words: dict[str, str]) -> None:
    """Register many at once, for a module's `plugs.py`."""
    for action, text in words.items():
        wordings.register(Wording(action, text))


def action_words(action: str) -> str:
    """An action in words; one without any is shown as it is."""
    return wordings.get(action).words if action in wordings else action
