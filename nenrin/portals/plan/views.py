"""The plan board: every goal of the plan as a live gauge, down to the records under it."""

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nenrin.core.messaging.models import Delivery
from nenrin.core.messaging.tokens import BadToken, read_delivery_token
from nenrin.core.organization.access import staff_required
from nenrin.core.organization.fiscal_years import fiscal_year, reiwa
from nenrin.core.tenancy.scope import current_town_code
from nenrin.engines.measures.gauges import RecordLine, gauges
from nenrin.engines.measures.models import Goal, Measure, Step
from nenrin.engines.measures.selectors import (
    GoalState,
    goal_history,
    goal_state,
    measures_with_goals,
)
from nenrin.engines.measures.services.enter_figure import FigureRefused, enter_figure
from nenrin.engines.measures.services.move_step import move_step
from nenrin.engines.surveys.forms import RatingForm
from nenrin.engines.surveys.services.rate import rate
from nenrin.townhall.plan.plugs import NOTICE_TOPIC

from .forms import FigureForm

YEARS = range(2023, 2028)
NOTICE_QUESTION = "この知らせは役に立ちましたか"


@require_GET
def public_plan(request: HttpRequest) -> HttpResponse:
    """The plan for everyone: what the town promised, and how far it is."""
    return render(request, "plan/public.html", _plan(request))


@require_GET
@staff_required
def board(request: HttpRequest) -> HttpResponse:
    """The plan for staff, with steps to move and figures to enter."""
    return render(request, "plan/board.html", _plan(request))


@require_http_methods(["GET", "POST"])
@staff_required
def goal_page(request: HttpRequest, key: str) -> HttpResponse:
    """One goal: its years, the records under its figure, and a figure by hand where none counts."""
    goal = get_object_or_404(Goal.objects.select_related("measure"), key=key)
    year = _year(request)
    form = FigureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            enter_figure(
                goal=goal, fiscal_year=year, acting_user=str(request.user), **form.cleaned_data
            )
        except FigureRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            notes.success(request, f"{reiwa(year)}年度の数字を入れました。")
            return redirect(f"{request.path}?year={year}")
    history = goal_history(goal, YEARS)
    context = {
        "goal": goal,
        "year": year,
        "state": goal_state(goal, year),
        "history": history,
        "widths": [state.figure.value or 0.0 for _, state in history],
        "lines": _lines(goal, year),
        "entered": goal.hand_figures.filter(fiscal_year=year),
        "form": form,
        "menu_entry": "staff_plan",
    }
    return render(request, "plan/goal.html", context, status=400 if form.errors else 200)


@require_POST
@staff_required
def step(request: HttpRequest, step: int) -> HttpResponse:
    """Say how far a step is."""
    found = get_object_or_404(Step, pk=step)
    try:
        move_step(step=found, state=request.POST.get("state", ""), acting_user=str(request.user))
    except ValueError:
        notes.error(request, "「これから」「進めています」「できました」から選んでください。")
    return redirect("staff_plan")


@require_http_methods(["GET", "POST"])
def rate_message(request: HttpRequest, token: str) -> HttpResponse:
    """One question after a message, once for each person it came to."""
    delivery = _delivery(token)
    form = RatingForm(request.POST if request.method == "POST" else None, question=NOTICE_QUESTION)
    is_done = request.method == "POST" and form.is_valid()
    if is_done:
        rate(
            topic=NOTICE_TOPIC,
            subject=str(delivery.message_id),
            respondent=str(delivery.endpoint_id or delivery.household_id),
            **form.cleaned_data,
        )
    context = {"form": form, "token": token, "message": delivery.message, "is_done": is_done}
    return render(request, "plan/rating.html", context, status=400 if form.errors else 200)


def _delivery(token: str) -> Delivery:
    try:
        town, number = read_delivery_token(token)
    except BadToken as error:
        raise Http404(str(error)) from error
    found = Delivery.objects.select_related("message").filter(pk=number).first()
    if town != current_town_code() or found is None:
        raise Http404
    return found


def _plan(request: HttpRequest) -> dict[str, object]:
    year = _year(request)
    rows = [(measure, _states(measure, year)) for measure in measures_with_goals()]
    known = [state for _, states in rows for state in states if state.goal.target]
    reached = sum(state.share for state in known) / len(known) if known else 0.0
    return {
        "rows": rows,
        "year": year,
        "year_label": reiwa(year),
        "years": [(each, reiwa(each)) for each in YEARS],
        "reached": reached,
        "percent": round(100 * reached),
        "goals": len(known),
        "steps": Step.State.choices,
    }


def _states(measure: Measure, year: int) -> list[GoalState]:
    return [goal_state(goal, year) for goal in measure.goals.all()]


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    now = fiscal_year(timezone.localdate())
    return int(asked) if asked.isascii() and asked.isdigit() and int(asked) in YEARS else now


def _lines(goal: Goal, year: int) -> list[RecordLine]:
    return gauges.get(goal.gauge).lines(year) if goal.gauge in gauges else []
