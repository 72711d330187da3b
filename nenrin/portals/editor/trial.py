"""A walk through a draft as an applicant: kept in the session, never in the town's records."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone

from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.evaluation.evaluate import evaluate, program_of, trace
from nenrin.engines.forms.evaluation.result import Evaluation, Traced
from nenrin.engines.forms.fields.contract import Outside, Question
from nenrin.engines.forms.fields.rich.group import GroupQuestion
from nenrin.engines.forms.models import DefinitionDraft
from nenrin.engines.forms.simulation.cases import CaseMaker
from nenrin.residents.procedures.filling.outside import outside_now

KEY = "editor_trials"
MOST = 3
WIDTHS = {"phone": "スマホの幅", "desktop": "パソコンの幅"}


@dataclass(frozen=True)
class Trial:
    """Answers so far, the day it is taken to be, and how wide the page is shown."""

    answers: dict[str, Any]
    day: date
    width: str = "phone"

    @property
    def is_today(self) -> bool:
        """Whether the day is the real one."""
        return self.day == timezone.localdate()


def trial_of(request: HttpRequest, draft: DefinitionDraft) -> Trial:
    """The walk of this sign-in, or a fresh one."""
    held = request.session.get(KEY, {}).get(draft.slug)
    if not held:
        return Trial({}, timezone.localdate())
    return Trial(held["answers"], date.fromisoformat(held["day"]), held["width"])


def keep_trial(request: HttpRequest, draft: DefinitionDraft, trial: Trial) -> None:
    """Until the session ends, and only the last few."""
    held = {key: one for key, one in request.session.get(KEY, {}).items() if key != draft.slug}
    held[draft.slug] = {
        "answers": trial.answers, "day": trial.day.isoformat(), "width": trial.width
    }  # fmt: skip
    request.session[KEY] = dict(list(held.items())[-MOST:])


def with_samples(trial: Trial, definition: Definition) -> Trial:
    """Filled in as an ordinary applicant would."""
    maker = CaseMaker(program_of(definition), trial.day)
    maker.settle(lambda case: evaluate(definition, case, today=trial.day).may_be_sent)
    outside = outside_on(trial.day)
    questions = {question.name: question for _, question in definition.questions()}
    answers = maker.answers({})
    lent = {name: _of_this_town(questions[name], held, outside) for name, held in answers.items()}
    return replace(trial, answers=lent)


def _of_this_town(question: Question, sample: Any, outside: Outside) -> Any:
    """Made-up places and times become ones that this town offers, as an applicant would choose."""
    if isinstance(question, GroupQuestion):
        fields = {field.name: field for field in question.fields}
        return [
            {name: _of_this_town(fields[name], held, outside) for name, held in item.items()}
            for item in sample
        ]
    source = getattr(question, "areas_from", "") or getattr(question, "slots_from", "")
    offered = outside.choices.get(source, ())
    if not offered or not isinstance(sample, dict):
        return sample
    if question.kind == "time_slot":
        return {"slot": offered[0].value, "label": offered[0].label}
    if "area" in sample:
        return {**sample, "area": offered[0].value, "area_name": offered[0].label}
    return sample


def outside_on(day: date) -> Outside:
    """Lists as they are now, on the day of the walk."""
    return Outside(day, outside_now().choices)


def not_kept(question: Question, upload: "UploadedFile[Any]") -> Mapping[str, Any]:
    """A reference of a file that is thrown away: only its name, type and size are looked at."""
    sent = {"name": upload.name, "type": upload.content_type or "", "bytes": upload.size}
    kept = question.take([{"id": uuid4().hex, **sent}], Outside(timezone.localdate()))
    reference: Mapping[str, Any] = kept[0]
    return reference


def fired(definition: Definition, trial: Trial) -> tuple[list[Traced], list[Traced]]:
    """Rules that hold now, and those that do not (or not yet)."""
    traced = list(trace(definition, trial.answers, today=trial.day))
    holds = [one for one in traced if _holds(one)]
    return holds, [one for one in traced if not _holds(one)]


def _holds(one: Traced) -> bool:
    values = one.value if isinstance(one.value, tuple) else (one.value,)
    return any(value is not None and value is not False for value in values)


def state_of(definition: Definition, trial: Trial) -> Evaluation:
    """What the form looks like under the answers so far."""
    return evaluate(definition, trial.answers, today=trial.day)
