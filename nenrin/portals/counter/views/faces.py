"""After a visit: one question with three faces, without a name, once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from nenrin.engines.surveys.forms import RatingForm
from nenrin.engines.surveys.services.rate import rate
from nenrin.townhall.plan.plugs import COUNTER_TOPIC

from ..places import visit_of

QUESTION = "きょうの窓口はいかがでしたか"


@require_http_methods(["GET", "POST"])
def face(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and keep the answer; answering again changes it."""
    subject, respondent = visit_of(token)
    form = RatingForm(request.POST if request.method == "POST" else None, question=QUESTION)
    is_done = request.method == "POST" and form.is_valid()
    if is_done:
        rate(topic=COUNTER_TOPIC, subject=subject, respondent=respondent, **form.cleaned_data)
    context = {"form": form, "is_done": is_done, "tab": "procedures"}
    response = render(request, "counter/face.html", context, status=400 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
