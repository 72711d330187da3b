import pytest

from nenrin.core.audit.models import AuditEntry
from nenrin.residents.alerts.models import AlertRule
from nenrin.residents.alerts.selectors import rule_lines
from nenrin.residents.alerts.services.edit_rules import Choice, RuleRefused, edit_rules
from nenrin.residents.alerts.services.set_up_alerts import set_up_alerts


@pytest.fixture
def rule(town):
    set_up_alerts()
    return AlertRule.objects.get(hazard="rain", min_strength=2)


def _edit(rule, *choice):
    return edit_rules(choices={rule.pk: Choice(*choice)}, acting_user="tester")


def test_a_rule_is_changed_and_the_trail_says_how(rule):
    assert _edit(rule, "draft", 3, False) == 1
    assert _edit(rule, "draft", 3, False) == 0
    entry = AuditEntry.objects.get(action="alerts.edit_rule")
    assert entry.subject == "rule:rain:2" and entry.detail["before"]["action"] == "send"


@pytest.mark.parametrize(
    ("hazard", "strength", "choice", "reason"),
    [
        ("rain", 4, ("ignore", 5, False), "いちばん強い"),
        ("quake", 5, ("ignore", 4, False), "いちばん強い"),
        ("rain", 1, ("inform", 2, True), "安否"),
        ("rain", 1, ("shout", 2, False), "選べない"),
        ("rain", 1, ("inform", 9, False), "選べない"),
    ],
)
def test_what_would_leave_people_out_is_refused(rule, hazard, strength, choice, reason):
    refused = AlertRule.objects.get(hazard=hazard, min_strength=strength)
    with pytest.raises(RuleRefused, match=reason):
        _edit(refused, *choice)
    assert AlertRule.objects.get(pk=refused.pk).action == refused.action


def test_a_weak_quake_may_be_left_out(rule):
    assert _edit(AlertRule.objects.get(hazard="quake", min_strength=4), "ignore", 0, False) == 1


def test_every_rule_has_its_words(rule):
    lines = rule_lines()
    assert (lines[0].hazard, lines[0].strength) == ("大雨", "注意報")
    assert all(not line.hazard.isascii() and not line.strength.isdigit() for line in lines)
