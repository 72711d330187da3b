"""What it costs: rules from top to bottom, the first that holds decides."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nenrin.engines.forms.drafting.conditions import named
from nenrin.engines.forms.drafting.content import Change, change_top
from nenrin.engines.forms.fields.naming import reading
from nenrin.engines.forms.models import DefinitionDraft

from ..door import is_still_there, mark_of, on_draft, save_form, save_step
from ..forms.rules import FeeForm, FeeRuleForm
from ..frame import draw
from .questions import names_for_rules

Rules = list[dict[str, Any]]
WORDS = {"up": "上へ動かしました。", "down": "下へ動かしました。", "remove": "手数料を消しました。"}


@require_http_methods(["GET", "POST"])
@on_draft
def page(request: HttpRequest, draft: DefinitionDraft) -> HttpResponse:
    """The rules in their order, and when it is paid."""
    rules, act = _rules(draft), request.POST.get("act", "")
    if act in WORDS:
        moved = _moved(rules, act, request.POST.get("place", ""))
        save_step(request, draft, _with_rules(draft, moved), "fee", WORDS[act])
        return redirect("editor_fee", slug=draft.slug)
    form = FeeForm(request.POST or None, initial=draft.content.get("fee", {}))
    if rules and form.is_bound and form.is_valid():
        fee = {**draft.content.get("fee", {}), **form.cleaned_data}
        if save_form(request, draft, form, change_top({"fee": _tidy(fee)}), "fee"):
            return redirect("editor_fee", slug=draft.slug)
    names = named(draft.content)
    rows = [(rule, _amount(rule, names), reading(rule.get("when", ""), names)) for rule in rules]
    context = {"form": form, "rows": rows, "next": len(rules)}
    return draw(request, draft, "fee.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@on_draft
def one(request: HttpRequest, draft: DefinitionDraft, place: int) -> HttpResponse:
    """One rule; the place after the last is a new one."""
    rules = _rules(draft)
    if place > len(rules):
        raise Http404
    held: dict[str, Any] = rules[place] if place < len(rules) else {}
    form = FeeRuleForm(request.POST or None, rule=held, content=draft.content)
    if form.is_bound and form.is_valid() and is_still_there(request, form, held):
        changed = [*rules[:place], form.piece(), *rules[place + 1 :]]
        if save_form(request, draft, form, _with_rules(draft, changed), "fee"):
            return redirect("editor_fee", slug=draft.slug)
    context = {
        "form": form,
        "mark": request.POST.get("mark") or mark_of(held),
        "heading": "手数料",
        "back": "editor_fee",
        "names": names_for_rules(draft.content),
    }
    return draw(request, draft, "rule.html", context, status=400 if form.errors else 200)


def _rules(draft: DefinitionDraft) -> Rules:
    return list(draft.content.get("fee", {}).get("rules", []))


def _with_rules(draft: DefinitionDraft, rules: Rules) -> Change:
    """Without a rule there is no fee at all."""
    fee = _tidy({**draft.content.get("fee", {}), "rules": rules})
    return change_top({"fee": fee if rules else None})


def _tidy(fee: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fee.items() if value not in ("", None)}


def _moved(rules: Rules, act: str, place: str) -> Rules:
    at = int(place) if place.isdecimal() else -1
    if not 0 <= at < len(rules):
        return rules
    rest = [*rules[:at], *rules[at + 1 :]]
    if act == "remove":
        return rest
    target = max(at + (-1 if act == "up" else 1), 0)
    return [*rest[:target], rules[at], *rest[target:]]


def _amount(rule: dict[str, Any], names: Any) -> str:
    amount = rule.get("amount")
    if amount is None:
        return "あとでお知らせ"
    return f"{amount:,}円" if isinstance(amount, int) else f"{reading(amount, names)}（円）"
