"""Who may do what with a draft, and what a draft still lacks: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .levels import Kind


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend before a draft may go on; ``field`` is where."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What the rules need to know of a draft."""

    kind: str
    title: str
    body: str
    is_whole_town: bool
    districts: tuple[int, ...]
    expires_at: datetime | None


def faults_of(draft: DraftFacts, now: datetime) -> list[Fault]:
    """What is missing or wrong, each with what to do."""
    found = []
    if not draft.is_whole_town and not draft.districts:
        found.append(Fault("districts", "だれに送るかが決まっていません。地区を選んでください。"))
    if draft.expires_at is None:
        found.append(Fault("hours", "いつまで有効かを選んでください。"))
    elif draft.expires_at <= now:
        found.append(Fault("hours", "有効期限がもう過ぎています。先の日時を選んでください。"))
    if not draft.title.strip():
        found.append(Fault("title", "題名を書いてください。"))
    if not draft.body.strip():
        found.append(Fault("body", "本文を書いてください。"))
    return found


def needs_consent(kind: str, severity: int, rules: Mapping[str, int]) -> bool:
    """Whether a second person must agree: from a severity upwards, per kind; orders always."""
    if kind == Kind.ORDER:
        return True
    return kind in rules and severity >= rules[kind]
