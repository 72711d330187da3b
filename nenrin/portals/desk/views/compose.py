"""つくる: what and for whom, then the words. What is typed is kept at every step."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from nenrin.core.areas.models import District, Shelter
from nenrin.core.messaging.models import Message
from nenrin.core.organization.access import staff_required
from nenrin.residents.orders.checks import channel_checks
from nenrin.residents.orders.drafts import sample_parcel, words_of_draft
from nenrin.residents.orders.levels import Kind
from nenrin.residents.orders.models import MessageDraft
from nenrin.residents.orders.refusals import DraftRefused
from nenrin.residents.orders.services.propose import is_edited, reading_lags
from nenrin.residents.orders.services.save_draft import propose_again, save_aim, save_words
from nenrin.residents.orders.services.start_draft import open_telegram_draft, start_draft
from nenrin.residents.orders.words import propose_reading

from ..drawing import district_map
from ..forms import AimForm, WordsForm, aim_initial, words_initial
from ..rows import hazard_of, telegram_of
from ..typed import keep_typed, take_typed


@require_http_methods(["GET", "POST"])
@keep_typed
@staff_required
def new(request: HttpRequest) -> HttpResponse:
    """The first screen of a new message."""
    typed = request.POST if request.method == "POST" else take_typed(request)
    asked = {"what": request.GET.get("what", ""), "is_drill": request.GET.get("drill") == "1"}
    form = AimForm(typed, initial=asked) if typed else AimForm(initial=asked)
    if request.method == "POST" and form.is_valid():
        draft = start_draft(aim=form.aim(), acting_user=request.user)  # type: ignore[arg-type]
        return redirect("desk_words", draft=draft.pk)
    return _aim_page(request, form, None)


@require_http_methods(["GET", "POST"])
@keep_typed
@staff_required
def aim(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The first screen of a draft that is there."""
    found = get_object_or_404(MessageDraft, pk=draft)
    if found.state != MessageDraft.State.WRITING:
        return redirect("desk_preview", draft=found.pk)
    typed = request.POST if request.method == "POST" else take_typed(request)
    form = (
        AimForm(typed, draft=found) if typed else AimForm(draft=found, initial=aim_initial(found))
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_aim(draft=found, aim=form.aim(), acting_user=request.user)  # type: ignore[arg-type]
        except DraftRefused as refusal:
            notes.error(request, str(refusal))
            return redirect("desk_preview", draft=found.pk)
        _say_if_words_stay(request, saved)
        return redirect("desk_words", draft=found.pk)
    return _aim_page(request, form, found)


def _say_if_words_stay(request: HttpRequest, draft: MessageDraft) -> None:
    if is_edited(draft) and draft.kind != Kind.WEATHER:
        text = "文は直したままです。地区や時刻が文の中にあれば、あわせて直してください。"
        notes.warning(request, text)


def _aim_page(request: HttpRequest, form: AimForm, draft: MessageDraft | None) -> HttpResponse:
    districts = list(District.objects.all())
    chosen = form["districts"].value() or []
    drawn = district_map(
        districts,
        list(Shelter.objects.all()),
        frozenset(int(pk) for pk in chosen if str(pk).isdigit()),
    )
    context = {
        "form": form,
        "draft": draft,
        "map": drawn,
        "placed": sum(1 for district in districts if district.latitude is not None),
        "total": len(districts),
    }
    status = 400 if request.method == "POST" and form.errors else 200
    return render(request, "desk/aim.html", context, status=status)


@require_http_methods(["GET", "POST"])
@keep_typed
@staff_required
def words(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The second screen: the words, with each channel's measure beside them."""
    found = get_object_or_404(MessageDraft, pk=draft)
    if found.state != MessageDraft.State.WRITING:
        return redirect("desk_preview", draft=found.pk)
    if request.method == "POST":
        return _take_words(request, found)
    typed = take_typed(request)
    if typed:
        notes.info(request, "サインインの前に書いたものを戻しました。")
    form = WordsForm(typed) if typed else WordsForm(initial=words_initial(found))
    return _words_page(request, form, found)


def _take_words(request: HttpRequest, draft: MessageDraft) -> HttpResponse:
    form = WordsForm(request.POST)
    act = request.POST.get("act", "next")
    user: Any = request.user
    try:
        saved = save_words(draft=draft, words=form.proposal(), acting_user=user)
        if act == "template":
            saved = propose_again(draft=saved, acting_user=user)
        elif act == "reading":
            return _with_reading(request, saved)
    except DraftRefused as refusal:
        notes.error(request, str(refusal))
        return _words_page(request, form, draft, status=409)
    if not form.is_valid():
        return _words_page(request, form, saved, status=400)
    return redirect("desk_preview" if act == "next" else "desk_words", draft=saved.pk)


def _with_reading(request: HttpRequest, draft: MessageDraft) -> HttpResponse:
    """The words with a reading made from them; kept when the page is next sent."""
    town = request.town  # type: ignore[attr-defined]
    initial = words_initial(draft)
    initial["reading"] = propose_reading(town.name, draft.title, draft.body)
    return _words_page(request, WordsForm(initial=initial), draft)


def _words_page(
    request: HttpRequest, form: WordsForm, draft: MessageDraft, status: int = 200
) -> HttpResponse:
    context = _help(draft) | {
        "form": form,
        "change": telegram_of(draft.made_by_telegram_id),
    }
    return render(request, "desk/words.html", context, status=status)


def _help(draft: MessageDraft) -> dict[str, Any]:
    checks = channel_checks(words_of_draft(draft), sample_parcel())
    return {
        "draft": draft,
        "checks": checks,
        "unfit": sum(not check.fits for check in checks),
        "reading_lags": reading_lags(draft),
        "is_past": bool(draft.expires_at and draft.expires_at <= timezone.now()),
    }


@require_POST
@keep_typed
@staff_required
def save(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Keep what is typed, every few seconds; answers how it fits each channel."""
    found = get_object_or_404(MessageDraft, pk=draft)
    try:
        form = WordsForm(request.POST)
        saved = save_words(draft=found, words=form.proposal(), acting_user=request.user)  # type: ignore[arg-type]
    except DraftRefused as refusal:
        return render(request, "desk/_refused.html", {"text": str(refusal)}, status=409)
    return render(request, "desk/_help.html", _help(saved))


@require_http_methods(["GET", "POST"])
@staff_required
def open_telegram(request: HttpRequest, message: UUID) -> HttpResponse:
    """Open a telegram's draft in the composer."""
    found = get_object_or_404(Message, pk=message)
    if request.method == "GET":
        return redirect("desk")
    change = telegram_of(found.pk)
    hazard = hazard_of(change) if change else "other"
    try:
        draft = open_telegram_draft(message=found, hazard=hazard, acting_user=request.user)  # type: ignore[arg-type]
    except DraftRefused as refusal:
        notes.error(request, str(refusal))
        return redirect("desk")
    return redirect("desk_words", draft=draft.pk)
