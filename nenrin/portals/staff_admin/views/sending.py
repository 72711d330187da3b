"""送り方の設定: the ladder of each severity, and what a telegram sets off."""

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from nenrin.core.messaging.models import Rung
from nenrin.core.messaging.services.edit_ladder import LadderRefused, edit_ladder
from nenrin.core.messaging.states import Severity
from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role
from nenrin.residents.alerts.models import AlertRule
from nenrin.residents.alerts.selectors import rule_lines
from nenrin.residents.alerts.services.edit_rules import Choice, RuleRefused, edit_rules

from ..forms import LadderForms, kind_choices, steps_as_written, steps_of


@require_GET
@staff_required(role=Role.SETTINGS)
def ladders(request: HttpRequest) -> HttpResponse:
    """Every ladder as it stands."""
    labels = dict(kind_choices())
    found = [
        (severity, [(rung, [labels.get(k, k) for k in rung.kinds]) for rung in _rungs(severity)])
        for severity in reversed(Severity)
    ]
    return render(request, "staff_admin/ladders.html", {"ladders": found})


def _rungs(severity: int) -> list[Rung]:
    return list(Rung.objects.filter(ladder__severity=severity).order_by("position"))


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.SETTINGS)
def ladder(request: HttpRequest, severity: int) -> HttpResponse:
    """Change one ladder; what was typed stays when it is refused."""
    if severity not in Severity.values:
        raise Http404
    chosen = Severity(severity)
    refusal = ""
    if request.method == "POST":
        forms = LadderForms(request.POST)
        if forms.is_valid():
            try:
                edit_ladder(severity=chosen, steps=steps_of(forms), acting_user=str(request.user))
            except LadderRefused as error:
                refusal = str(error)
            else:
                notes.success(request, f"「{chosen.label}」の送り方を変えました。")
                return redirect("staff_ladders")
    else:
        forms = LadderForms(initial=steps_as_written(_rungs(severity)))
    context = {
        "forms": forms, "severity": chosen, "refusal": refusal, "menu_entry": "staff_ladders",
    }  # fmt: skip
    is_bad = bool(refusal) or forms.is_bound
    return render(request, "staff_admin/ladder.html", context, status=400 if is_bad else 200)


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.SETTINGS)
def rules(request: HttpRequest) -> HttpResponse:
    """What the town does per hazard and strength."""
    lines = rule_lines()
    refusal = ""
    if request.method == "POST":
        choices = _choices(request, [line.rule for line in lines])
        try:
            changed = edit_rules(choices=choices, acting_user=str(request.user))
        except RuleRefused as error:
            refusal = str(error)
            for line in lines:
                _show_typed(line.rule, choices[line.rule.pk])
        else:
            notes.success(request, f"{changed} 件の決まりを変えました。")
            return redirect("staff_rules")
    context = {
        "lines": lines,
        "refusal": refusal,
        "actions": AlertRule.Action.choices,
        "severities": Severity.choices,
    }
    return render(request, "staff_admin/rules.html", context, status=400 if refusal else 200)


def _choices(request: HttpRequest, rules: list[AlertRule]) -> dict[int, Choice]:
    """The page's rows; a row that the page did not show keeps its rule."""
    found = {}
    for rule in rules:
        severity = request.POST.get(f"severity-{rule.pk}", str(rule.severity))
        found[rule.pk] = Choice(
            action=request.POST.get(f"action-{rule.pk}", rule.action),
            severity=int(severity) if severity.isascii() and severity.isdigit() else -1,
            asks_safety=f"asks-{rule.pk}" in request.POST
            if f"action-{rule.pk}" in request.POST
            else rule.asks_safety,
        )
    return found


def _show_typed(rule: AlertRule, choice: Choice) -> None:
    rule.action, rule.severity, rule.asks_safety = (
        choice.action,
        choice.severity,
        choice.asks_safety,
    )
