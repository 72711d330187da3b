"""同意の決まり: which messages need a second person."""

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nenrin.core.organization.access import staff_required
from nenrin.core.organization.roles import Role
from nenrin.residents.orders.selectors import consent_rules
from nenrin.residents.orders.services.set_consent_rules import NEVER, set_consent_rules

from ..forms import ConsentForm


@require_http_methods(["GET", "POST"])
@staff_required(role=Role.SETTINGS)
def consent(request: HttpRequest) -> HttpResponse:
    """See and change the rules."""
    known = consent_rules()
    initial = {name: known.get(name, NEVER) for name in ConsentForm().fields}
    form = ConsentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_consent_rules(rules=form.cleaned_data, acting_user=request.user)  # type: ignore[arg-type]
        notes.success(request, "決まりを変えました。")
        return redirect("desk_consent")
    status = 400 if form.errors else 200
    return render(request, "desk/consent.html", {"form": form}, status=status)
