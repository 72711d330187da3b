"""Cases as a file for the town's other systems."""

import json
from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from nenrin.core.export.csv_file import csv_response
from nenrin.core.export.old_letters import reduce_letters
from nenrin.engines.casework.models import Case
from nenrin.engines.forms.evaluation.review import Reviewed
from nenrin.residents.procedures.applicant.names import applicant_name
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.selectors import sent_answers, sent_pages

FORMS = {"csv": "CSV", "csv-old": "CSV（古い字）", "json": "JSON"}
HEADS = ["受付番号", "手続き", "ようす", "係", "申請した人", "口", "受付", "期限", "手数料"]


def as_file(form: str, pairs: Sequence[tuple[Case, Application]]) -> HttpResponse:
    """The cases as a download; ``form`` is one of FORMS."""
    if form == "json":
        return as_json(pairs)
    heads, rows = _table(pairs)
    name = f"申請_{_stamp()}.csv"
    if form == "csv":
        return csv_response(name, heads, rows)
    old_rows = [_in_old_letters(row) for row in rows]
    old_heads = [reduce_letters(head).text for head in heads]
    return csv_response(name, [*old_heads, "字を直したところ"], old_rows, encoding="cp932")


def _in_old_letters(row: Sequence[object]) -> list[object]:
    """Texts in JIS X 0208; the last cell says what was changed, and what could not be."""
    cells: list[object] = []
    notes: dict[str, None] = {}
    for cell in row:
        found = reduce_letters(cell) if isinstance(cell, str) else None
        cells.append(found.text if found else cell)
        if found:
            notes |= dict.fromkeys(_changed(note) for note in found.changed)
            notes |= dict.fromkeys(f"{_codes(letter)} は書けない字" for letter in found.lost)
    return [*cells, "、".join(notes)]


def _changed(note: str) -> str:
    """What was changed, in letters the file can hold: the lacking one by its code."""
    before, _, after = note.partition("→")
    return f"{_codes(before)}→{after}"


def _codes(letter: str) -> str:
    return " ".join(f"U+{ord(one):04X}" for one in letter)


def _table(
    pairs: Sequence[tuple[Case, Application]],
) -> tuple[list[str], list[list[object]]]:
    """One row a case; a column for each question that any of them answers."""
    answers = [{row.path: row for row in _rows(application)} for _, application in pairs]
    labels: dict[str, str] = {}
    for found in answers:
        for path, row in found.items():
            labels.setdefault(path, row.label)
    rows = [
        [*_head(case, application), *(found[p].text if p in found else "" for p in labels)]
        for (case, application), found in zip(pairs, answers, strict=True)
    ]
    return [*HEADS, *labels.values()], rows


def as_json(pairs: Sequence[tuple[Case, Application]]) -> HttpResponse:
    """Every case with its answers as they are stored, and in words."""
    content = [
        {
            "number": case.number,
            "kind": case.kind,
            "title": case.title,
            "state": case.state,
            "stage": case.stage,
            "section": case.section.code if case.section else None,
            "mouth": application.mouth,
            "identity": application.identity,
            "opened_at": case.opened_at.isoformat(),
            "deadline": case.deadline.isoformat() if case.deadline else None,
            "form_version": application.version.number,
            "fee": application.fee,
            "answers": sent_answers(application),
            "in_words": [[row.label, row.text] for row in _rows(application)],
        }
        for case, application in pairs
    ]
    text = json.dumps(content, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json")
    name = f"申請_{_stamp()}.json"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


def _head(case: Case, application: Application) -> list[object]:
    return [
        case.number,
        case.title,
        case.get_state_display(),
        case.section.name if case.section else "",
        applicant_name(application),
        application.get_mouth_display(),
        case.opened_at,
        case.deadline,
        (application.fee or {}).get("amount"),
    ]


def _rows(application: Application) -> Iterator[Reviewed]:
    for section in sent_pages(application):
        yield from section.rows


def _stamp() -> str:
    return f"{timezone.localtime():%Y%m%d-%H%M}"
