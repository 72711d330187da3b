"""The double-entry ledger: bookings of whole yen whose sides sum to zero."""

from dataclasses import dataclass

from django.utils import timezone

from nenrin.core.tenancy.scope import current_town_code

from .models import Account, Entry, Payment, PaymentRequest, Transaction

RECEIVABLE = "receivable"


class Unbalanced(ValueError):
    """The sides of a booking do not sum to zero, or there are none."""


@dataclass(frozen=True)
class Booking:
    """What happened to a request, and why."""

    request: PaymentRequest
    kind: Transaction.Kind
    payment: Payment | None = None
    words: str = ""


def held(provider: str) -> str:
    """The account of money that a provider holds for the town."""
    return f"held:{provider}"


def income(name: str) -> str:
    """The account of what was charged under a name."""
    return f"income:{name}"


def book(*, booking: Booking, sides: dict[str, int], acting_user: str) -> Transaction:
    """Write the booking in the caller's transaction; sides of zero are left out.

    Raises Unbalanced; the database would refuse it, too, at the end of the transaction.
    """
    wanted = {key: amount for key, amount in sides.items() if amount}
    if not wanted or sum(wanted.values()) != 0:
        raise Unbalanced(f"{sides} do not balance")
    made = Transaction.objects.create(
        request=booking.request,
        payment=booking.payment,
        kind=booking.kind,
        words=booking.words[:200],
        made_by=acting_user,
        made_at=timezone.now(),
    )
    accounts = {key: _account(key) for key in sorted(wanted)}
    Entry.objects.bulk_create(
        Entry(transaction=made, account=accounts[key], amount=amount)
        for key, amount in wanted.items()
    )
    return made


def _account(key: str) -> Account:
    """The account of that key, made on its first booking."""
    Account.objects.bulk_create(
        [Account(town_id=current_town_code(), key=key)], ignore_conflicts=True
    )
    return Account.objects.get(key=key)
