"""A grant of several stages, for tests: 申請 → 決定 → 実績 → 請求."""

from datetime import date
from uuid import uuid4

from nenrin.core.people.models import Person
from nenrin.engines.casework.services.tick_check import tick_check
from nenrin.engines.forms.evaluation.evaluate import evaluate, program_of
from nenrin.engines.forms.selectors import definition_of
from nenrin.engines.forms.simulation.cases import CaseMaker
from nenrin.residents.procedures.models import Application, Identity, Mouth
from nenrin.residents.procedures.services.decide_application import Verdict, decide_application
from nenrin.residents.procedures.services.start_stage import start_stage
from nenrin.residents.procedures.services.submit_application import submit_application

from .factories import begin, fill

GRANTS = ("business-grant", "farm-grant")
TODAY = date.today


def good_answers(application: Application) -> dict[str, object]:
    """What the simulator would send."""
    made = definition_of(application.version)
    maker = CaseMaker(program_of(made), TODAY())
    maker.settle(lambda case: evaluate(made, case, today=TODAY()).is_complete)
    return maker.answers({})


def send(application: Application) -> Application:
    """Fill it in and send it."""
    fill(application, dict(good_answers(application)))
    submit_application(application=application, submission=uuid4(), acting_user="t")
    application.refresh_from_db()
    return application


def decide(application: Application, outcome: str = "approved") -> None:
    """Tick everything, and decide."""
    for item in application.case.checks.filter(done_at=None):
        tick_check(case=application.case, key=item.key, is_done=True, acting_user="desk")
    verdict = Verdict(outcome, "決定する。", "町補助金等交付規則")
    decide_application(application=application, verdict=verdict, acting_user="desk")
    application.refresh_from_db()


def grant(person: Person, slug: str = "business-grant") -> Application:
    """An application for a grant, sent."""
    return send(begin(slug, person)[0])


def begin_next(first: Application, mouth: Mouth = Mouth.PHONE) -> Application:
    """The draft of the stage that is waited for."""
    return start_stage(first=first, mouth=mouth, identity=Identity.LOGIN, acting_user="t")
