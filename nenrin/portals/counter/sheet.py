"""The guide on paper: what to do, in which order, what to bring, and the code to go on with."""

import io
from pathlib import Path
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from nenrin.core.printing.compiler import compile_pdf
from nenrin.core.tenancy.models import Town
from nenrin.residents.counter.interviews.guide import Guide
from nenrin.residents.counter.models import Preparation
from nenrin.residents.counter.selectors.places import windows_by_owner
from nenrin.residents.counter.selectors.preparations import guide_of, interview_of

SHEET = Path(__file__).parent / "print" / "guide.typ"


def code_address(request: HttpRequest, code: str) -> str:
    """What the QR code says: the page that goes on with it."""
    return request.build_absolute_uri(reverse("counter_code", args=[code]))


def qr_svg(address: str, scale: int = 4) -> str:
    """A QR code to stand in a page."""
    return str(segno.make(address, error="m").svg_inline(scale=scale, border=2, omitsize=True))


def sheet(request: HttpRequest, preparation: Preparation, code: str) -> HttpResponse:
    """The guide sheet as PDF; nothing personal stands on it but the code."""
    guide = guide_of(preparation)
    content = {
        "town": Town.objects.get(pk=preparation.town_id).name,
        "title": interview_of(preparation).title,
        "day": f"{timezone.localdate():%Y年%-m月%-d日}",
        "code": code,
        "qr": _qr(code_address(request, code)) if code else "",
        "until": f"{timezone.localdate(preparation.expires_at):%-m月%-d日}",
        "minutes": guide.minutes,
        "belongings": list(guide.belongings),
        "desks": _desks(guide),
        "elsewhere": [[one.title, one.place] for one in guide.elsewhere],
    }
    pdf = compile_pdf(SHEET, content, created_at=timezone.now())
    response = HttpResponse(pdf, content_type="application/pdf")
    name = content_disposition_header(False, "窓口の案内.pdf")
    response["Content-Disposition"] = name or "inline"
    response["Cache-Control"] = "no-store"
    return response


def _desks(guide: Guide) -> list[dict[str, Any]]:
    windows = windows_by_owner()
    return [
        {
            "name": owner,
            "window": windows.get(owner, ""),
            "steps": [
                {
                    "number": step.number,
                    "title": step.definition.title,
                    "why": step.why,
                    "minutes": step.definition.minutes,
                    "online": step.is_online,
                }
                for step in steps
            ],
        }
        for owner, steps in guide.by_desk
    ]


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=4, border=1)
    return drawn.getvalue().decode()
