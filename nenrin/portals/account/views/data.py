"""わたしの情報: see it, have it corrected, take it away, take a consent back."""

from django.contrib import messages as notes
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from nenrin.core.people.models import Consent
from nenrin.core.people.selectors import consents_in_force
from nenrin.core.people.services.give_consent import give_consent
from nenrin.core.people.services.request_correction import CorrectionRefused, request_correction
from nenrin.core.people.services.withdraw_consent import withdraw_consent

from ..access import ResidentRequest, resident_required
from ..export import download_personal_data
from ..forms import CorrectionForm
from ..selectors import family_answers


@require_GET
@resident_required
def home(request: ResidentRequest) -> HttpResponse:
    """The way to one's own pages; for family living elsewhere, first of all the answers."""
    context = {"person": request.person, "answers": family_answers(request.person)}
    return render(request, "my/home.html", context | {"tab": "settings"})


@require_GET
@resident_required
def show(request: ResidentRequest) -> HttpResponse:
    """What the town keeps about me."""
    return _page(request, CorrectionForm())


def _page(request: ResidentRequest, form: CorrectionForm, status: int = 200) -> HttpResponse:
    in_force = consents_in_force(request.person)
    context = {
        "form": form,
        "person": request.person,
        "consents": [
            (value, label, in_force.get(value)) for value, label in Consent.Purpose.choices
        ],
        "corrections": request.person.corrections.all()[:10],
        "tab": "settings",
    }
    return render(request, "my/data.html", context, status=status)


@require_POST
@resident_required
def correct(request: ResidentRequest) -> HttpResponse:
    """Ask the counter to correct something."""
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 400)
    try:
        request_correction(
            person=request.person,
            words=form.cleaned_data["words"],
            acting_user=request.acting_user,
        )
    except CorrectionRefused as refusal:
        form.add_error("words", str(refusal))
        return _page(request, form, 400)
    notes.success(request, "窓口に伝えました。返事はこのページに出ます。")
    return redirect("my_data")


@require_POST
@resident_required
def change_consent(request: ResidentRequest, purpose: str) -> HttpResponse:
    """Give a consent or take it back, as the button says."""
    if purpose not in Consent.Purpose.values:
        raise Http404
    chosen = Consent.Purpose(purpose)
    if request.POST.get("agrees") == "1":
        give_consent(
            person=request.person,
            purpose=chosen,
            given_by="本人",
            acting_user=request.acting_user,
        )
        notes.success(request, f"「{chosen.label}」に同意しました。")
    else:
        withdraw_consent(person=request.person, purpose=chosen, acting_user=request.acting_user)
        notes.success(request, f"「{chosen.label}」の同意を取り消しました。")
    return redirect("my_data")


@require_POST
@resident_required
def download(request: ResidentRequest) -> HttpResponse:
    """Everything about me as one JSON file."""
    content = download_personal_data(person=request.person, acting_user=request.acting_user)
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = f"nenrin-{timezone.localdate():%Y%m%d}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
