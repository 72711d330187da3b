"""What a household has applied for: a form of our town only, and a case made from it."""

from uuid import uuid4

from nenrin.core.people.models import Household
from nenrin.engines.forms.definition_file import write_content
from nenrin.engines.forms.selectors import definition_of
from nenrin.engines.forms.services.publish_version import publish_version
from nenrin.engines.forms.services.start_draft import Origin, start_draft
from nenrin.residents.procedures.models import Identity, Mouth
from nenrin.residents.procedures.services.ask_to_mend import ask_to_mend
from nenrin.residents.procedures.services.save_answers import save_answers
from nenrin.residents.procedures.services.start_application import Starter, start_application
from nenrin.residents.procedures.services.submit_application import submit_application
from nenrin.residents.procedures.tests.factories import RECORD, record_answers, shipped


def make_applied_things(household: Household) -> dict[str, object]:
    """One sent application of the head of the household, by the names of address parts."""
    owner = household.persons.get(is_head=True)
    version = publish_version(definition=shipped(RECORD), acting_user="t")
    starter = Starter(Mouth.PHONE, Identity.LOGIN, owner.user, owner, household)
    application, _ = start_application(version=version, starter=starter, acting_user="t")
    secret = {"family": "秘密野", "given": "花子", "family_kana": "ヒ", "given_kana": "ハ"}
    answers = record_answers(applicant=secret)
    save_answers(application=application, before={}, answers=answers)
    case = submit_application(application=application, submission=uuid4(), acting_user="t")
    ask_to_mend(application=application, fields=["applicant"], words="himitsu", acting_user="t")
    start_draft(
        content=write_content(definition_of(version)),
        origin=Origin(based_on=version),
        acting_user="t",
    )
    return {"application": application.pk, "applied case": case.pk, "form": RECORD}
