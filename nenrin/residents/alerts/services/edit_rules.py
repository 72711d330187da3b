"""Change what the town does when a hazard reaches a strength."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.states import Severity

from ..models import AlertRule

GRAVE = {"quake": 5}
"""From this strength nobody may be left out (震度5弱); for every other hazard from 4 (特別警報)."""


class RuleRefused(Exception):
    """The rule cannot be kept like this; the text says what to do, in Japanese."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What staff chose for one rule."""

    action: str
    severity: int
    asks_safety: bool


@transaction.atomic
def edit_rules(*, choices: Mapping[int, Choice], acting_user: str) -> int:
    """Change the rules named by their ids, all or none; returns how many differ now.

    Raises RuleRefused.
    """
    rules = AlertRule.objects.select_for_update().in_bulk(sorted(choices))
    changed = 0
    for number, choice in choices.items():
        rule = rules.get(number)
        if rule is None:
            raise RuleRefused("決まりが見つかりません。ページを開き直してください。")
        before = Choice(rule.action, rule.severity, rule.asks_safety)
        if before != choice:
            _change(rule, before, choice, acting_user)
            changed += 1
    return changed


def _change(rule: AlertRule, before: Choice, choice: Choice, acting_user: str) -> None:
    _check(rule, choice)
    values: dict[str, Any] = asdict(choice)
    AlertRule.objects.filter(pk=rule.pk).update(**values)
    record_act(
        actor=acting_user,
        action="alerts.edit_rule",
        subject=f"rule:{rule.hazard}:{rule.min_strength}",
        detail={"before": asdict(before), "after": values},
    )


def _check(rule: AlertRule, choice: Choice) -> None:
    if choice.action not in AlertRule.Action.values or choice.severity not in Severity.values:
        raise RuleRefused("選べないものが選ばれています。ページを開き直してください。")
    if choice.action == AlertRule.Action.IGNORE and rule.min_strength >= GRAVE.get(rule.hazard, 4):
        raise RuleRefused(
            "いちばん強い段は「何もしない」にできません。下書きか、すぐに送るを選んでください。"
        )
    if choice.asks_safety and choice.severity < Severity.LEVEL_3:
        raise RuleRefused("安否をたずねるのは「早めに行動してください」より上だけです。")
