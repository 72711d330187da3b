"""Applications for tests: a few shipped forms, filled in."""

from datetime import date
from functools import cache
from uuid import uuid4

from nenrin.core.accounts.models import User
from nenrin.core.people.models import Person
from nenrin.engines.forms.definition import Definition
from nenrin.engines.forms.definition_file import read_definition
from nenrin.engines.forms.evaluation.evaluate import evaluate
from nenrin.engines.forms.evaluation.result import Evaluation
from nenrin.engines.forms.models import DefinitionVersion
from nenrin.engines.forms.services.publish_version import publish_version
from nenrin.residents.procedures.catalog import FOLDER, stage_forms
from nenrin.residents.procedures.models import Application, Identity, Mouth
from nenrin.residents.procedures.services.drafts.save_answers import save_answers
from nenrin.residents.procedures.services.drafts.start_application import Starter, start_application
from nenrin.residents.procedures.services.publish_catalog import publish_procedure
from nenrin.residents.procedures.services.submit_application import submit_application

RECORD = "resident-record-copy"
ADDRESS = {"area": "金山", "area_name": "大字金山", "number": "324-1"}


@cache
def shipped(slug: str) -> Definition:
    """One shipped definition, without reading the others."""
    (path,) = FOLDER.glob(f"*/{slug}.yaml")
    return read_definition(path.read_text(encoding="utf-8"))


def publish(slug: str = RECORD) -> DefinitionVersion:
    """Publish one shipped form in the town in scope, with the forms of its later stages."""
    for stage in shipped(slug).stages:
        publish_version(definition=stage_forms()[stage.form], acting_user="t")
    return publish_procedure(definition=shipped(slug), acting_user="t")


def record_answers(**changed: object) -> dict[str, object]:
    """Good answers to 住民票の写しの請求."""
    name = {"family": "金山", "given": "花子", "family_kana": "カネヤマ", "given_kana": "ハナコ"}
    return {
        "applicant": name,
        "birth": "1950-04-01",
        "home": ADDRESS,
        "telephone": "0233521111",
        "kind": "family",
        "with_relation": True,
        "foreign": False,
        "with_domicile": False,
        "copies": 2,
        "purpose": "bank",
        "delivery": "post",
        "send_to": ADDRESS,
    } | changed


def resident() -> Person:
    """Somebody of the small town who signs in."""
    person = Person.objects.filter(is_head=True, household__isnull=False).order_by("number")[0]
    if person.user is None:
        person.user = User.objects.create_user(f"{uuid4().hex[:8]}@example.invalid", name="町民")
        person.save(update_fields=["user"])
    return person


def begin(
    slug: str = RECORD, person: Person | None = None, **fields: object
) -> tuple[Application, str]:
    """A draft, of the person or of nobody known."""
    given = {
        "mouth": Mouth.PHONE,
        "identity": Identity.LOGIN if person else Identity.NONE,
        "user": person.user if person else None,
        "person": person,
        "household": person.household if person else None,
    }
    starter = Starter(**given | fields)
    return start_application(version=publish(slug), starter=starter, acting_user="t")


def fill(application: Application, answers: dict[str, object]) -> None:
    """Type the answers in."""
    save_answers(application=application, before=dict(application.answers), answers=answers)


def sent(person: Person | None = None) -> Application:
    """住民票の写しの請求, sent just now."""
    application, _ = begin(person=person or resident())
    fill(application, record_answers())
    submit_application(application=application, submission=uuid4(), acting_user="t")
    application.refresh_from_db()
    return application


def evaluated(definition: Definition, answers: dict[str, object]) -> Evaluation:
    """The form's state on a day."""
    return evaluate(definition, answers, today=date(2026, 11, 26))
