"""An application as something that is paid for."""

from django.urls import reverse

from nenrin.core.organization.models import StaffMember
from nenrin.residents.payments.subjects import SubjectKind
from nenrin.residents.procedures.applicant.access import may_handle
from nenrin.residents.procedures.applicant.names import applicant_name
from nenrin.residents.procedures.fees import SUBJECT, application_of


def _staff_url(key: str) -> str:
    found = application_of(f"{SUBJECT}:{key}")
    return reverse("staff_case", args=[found.case_id]) if found and found.case_id else ""


def _payer(key: str) -> str:
    found = application_of(f"{SUBJECT}:{key}")
    return applicant_name(found) if found else ""


def _may_handle(member: StaffMember, key: str) -> bool:
    found = application_of(f"{SUBJECT}:{key}")
    return found is not None and may_handle(member, found)


application_kind = SubjectKind(SUBJECT, _staff_url, _payer, _may_handle)
