"""The boards' short words for kinds of channels and states."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from nenrin.core.messaging.states import DeliveryState

STATE_WORDS = {
    DeliveryState.PLANNED: "これから",
    DeliveryState.EXPIRED: "期限切れ",
    DeliveryState.FAILED: "届かず",
    DeliveryState.OPENED: "開いた",
}


@cache
def _words() -> dict[str, str]:
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8") as file:
        return {row["kind"]: row["word"] for row in csv.DictReader(file)}


def kind_word(kind: str) -> str:
    """A channel's short word; empty for broadcasts, which nobody can be tried by."""
    return _words().get(kind, "")


def kinds_words(kinds: Iterable[str]) -> str:
    """端末・LINE・メール: each word once, in order."""
    return "・".join(dict.fromkeys(word for kind in kinds if (word := kind_word(kind))))


def tried_words(kind: str, state: int) -> str:
    """端末（開いた）: a means and how far it came; the usual case has no bracket."""
    known = STATE_WORDS.get(DeliveryState(state), "")
    return f"{kind_word(kind)}（{known}）" if known else kind_word(kind)
