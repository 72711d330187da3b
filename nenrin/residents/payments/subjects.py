"""What money is for: each module says where the desk reads about its subjects, and who pays."""

from collections.abc import Callable
from dataclasses import dataclass

from nenrin.core.organization.models import StaffMember
from nenrin.core.registry.registry import Registry
from nenrin.engines.payments.models import PaymentRequest


@dataclass(frozen=True)
class SubjectKind:
    """``key`` is what stands before the colon of a subject; each function gets what follows."""

    key: str
    staff_url: Callable[[str], str]
    payer: Callable[[str], str]
    may_handle: Callable[[StaffMember, str], bool]


subject_kinds: Registry[SubjectKind] = Registry("kind of subject of payment")


def staff_url(request: PaymentRequest) -> str:
    """The staff page of what is paid for, or an empty text."""
    kind, key = _parts(request)
    return kind.staff_url(key) if kind else ""


def payer_of(request: PaymentRequest) -> str:
    """Who pays, as the receipt names them; may be empty."""
    kind, key = _parts(request)
    return kind.payer(key) if kind else ""


def may_handle(member: StaffMember, request: PaymentRequest) -> bool:
    """Whether this member's desk handles what is paid for."""
    kind, key = _parts(request)
    return kind is not None and kind.may_handle(member, key)


def _parts(request: PaymentRequest) -> tuple[SubjectKind | None, str]:
    kind, _, key = request.subject.partition(":")
    return (subject_kinds.get(kind) if kind in subject_kinds else None), key
