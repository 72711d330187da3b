"""An interview's pages, for residents and clerks: the form engine asks, a preparation keeps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from nenrin.engines.forms.fields.contract import Refused
from nenrin.engines.forms.pages.section import Mount, answer_section
from nenrin.residents.counter.interviews.interview import FACTS, QUESTIONS
from nenrin.residents.counter.interviews.shipped import facts_form
from nenrin.residents.counter.models import Preparation
from nenrin.residents.counter.selectors.preparations import answers_of, interview_of
from nenrin.residents.counter.services.keep_preparation import CounterRefused, keep_answers
from nenrin.residents.procedures.filling.outside import outside_now
from nenrin.residents.procedures.filling.prefill import prefill_for


@dataclass(frozen=True)
class Place:
    """Where the interview is held: its addresses and its look."""

    part_url: Callable[[str], str]
    guide_url: str
    leave_url: str
    base_template: str


def ask(request: HttpRequest, preparation: Preparation, part: str, place: Place) -> HttpResponse:
    """One page: the ``questions``, or the ``facts`` that are written once."""
    try:
        return answer_section(request, _mount(preparation, part, place), part)
    except CounterRefused as refusal:
        notes.error(request, str(refusal))
        return redirect(place.guide_url)


def _mount(preparation: Preparation, part: str, place: Place) -> Mount:
    def save(answers: dict[str, Any]) -> None:
        keep_answers(preparation=preparation, part=part, answers=answers)

    interview = interview_of(preparation)
    if part == QUESTIONS:
        definition = interview.form
    elif part == FACTS:
        definition = facts_form(interview.key)
    else:
        raise Http404
    prefilled = prefill_for(preparation.person, definition)
    return Mount(
        definition=definition,
        answers=answers_of(preparation, part),
        outside=outside_now(definition),
        save=save,
        keep_file=_no_files,
        section_url=place.part_url,
        finish_url=place.guide_url,
        leave_url=place.leave_url,
        prefilled=prefilled,
        base_template=place.base_template,
    )


def _no_files(question: object, upload: object) -> Mapping[str, Any]:
    raise Refused("ここではファイルを受け取れません。")
