"""Staff set services, windows, and what can be booked when."""

from django.contrib import messages as notes
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role
from nenrin.engines.bookings.models import Resource
from nenrin.engines.bookings.services.set_pattern import set_closed, set_pattern
from nenrin.residents.counter.models import Service, Window
from nenrin.residents.counter.services.edit_places import edit_service, edit_window
from nenrin.residents.counter.services.keep_preparation import CounterRefused

from ..place_forms import ClosureForm, ResourceForm, ServiceForm, WindowForm
from ..places import kiosk_token
from ..sheet import qr_svg

NEW = "new"


@require_GET
@staff_required(role=Role.SETTINGS)
def overview(request: HttpRequest) -> HttpResponse:
    """Everything on one page, with the links for the stand and the screen."""
    kiosk = request.build_absolute_uri(reverse("counter_kiosk", args=[kiosk_token()]))
    context = {
        "services": Service.objects.prefetch_related("duties__window"),
        "windows": Window.objects.prefetch_related("duties__service"),
        "resources": Resource.objects.prefetch_related("openings"),
        "kiosk": kiosk,
        "screen": request.build_absolute_uri(reverse("counter_screen")),
        "qr": mark_safe(qr_svg(kiosk, 4)),  # noqa: S308
    }
    return render(request, "counter_desk/settings.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.SETTINGS)
def service(request: HttpRequest, code: str) -> HttpResponse:
    """One service, or a new one."""
    found = None if code == NEW else get_object_or_404(Service, code=code)
    form = ServiceForm(request.POST if request.method == "POST" else None, service=found)
    if request.method == "POST" and form.is_valid():
        try:
            edit_service(service=found, fields=form.values(), acting_user=str(request.user))
        except CounterRefused as refusal:
            form.add_error("letters", str(refusal))
        else:
            return _saved(request)
    return _draw(request, form, str(found or "新しい業務"))


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.SETTINGS)
def window(request: HttpRequest, number: str) -> HttpResponse:
    """One window, or a new one."""
    found = None
    if number != NEW:
        wanted = int(number) if number.isdecimal() else 0
        found = get_object_or_404(Window, number=wanted)
    form = WindowForm(request.POST if request.method == "POST" else None, window=found)
    if request.method == "POST" and form.is_valid():
        fields = {k: v for k, v in form.cleaned_data.items() if k != "services"}
        try:
            edit_window(
                window=found,
                fields=fields,
                services=list(form.cleaned_data["services"]),
                acting_user=str(request.user),
            )
        except CounterRefused as refusal:
            form.add_error("number", str(refusal))
        else:
            return _saved(request)
    return _draw(request, form, str(found or "新しい窓口"))


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.SETTINGS)
def resource(request: HttpRequest, key: str) -> HttpResponse:
    """What can be booked, its week, and its closed days."""
    found = None if key == NEW else get_object_or_404(Resource, key=key)
    closing = request.POST.get("act") in ("close", "open")
    posted = request.POST if request.method == "POST" else None
    form = ResourceForm(posted if not closing else None, resource=found)
    closure = ClosureForm(posted if closing else None)
    actor = str(request.user)
    if closing and found and closure.is_valid():
        known = closure.cleaned_data
        is_closed = request.POST["act"] == "close"
        set_closed(
            resource=found,
            day=known["day"],
            reason=known["reason"],
            is_closed=is_closed,
            acting_user=actor,
        )
        return redirect("staff_counter_resource", key=found.key)
    if posted and not closing and form.is_valid():
        kept = found.key if found else form.cleaned_data["key"]
        set_pattern(key=kept, fields=form.values(), times=form.times(), acting_user=actor)
        return _saved(request)
    more = {"resource": found, "closure": closure}
    return _draw(request, form, str(found or "新しい予約"), **more)


def _saved(request: HttpRequest) -> HttpResponse:
    notes.success(request, "残しました。")
    return redirect("staff_counter_settings")


def _draw(request: HttpRequest, form: Form, title: str, **more: object) -> HttpResponse:
    closure = more.get("closure")
    wrong = bool(form.errors) or (isinstance(closure, Form) and bool(closure.errors))
    context = {"form": form, "title": title, "menu_entry": "staff_counter_settings", **more}
    return render(request, "counter_desk/edit.html", context, status=400 if wrong else 200)
