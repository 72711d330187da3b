"""Keep a day's comparison."""

from datetime import date

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..models import Difference, Reconciliation
from ..rules import Compared


@transaction.atomic
def keep_reconciliation(
    *, provider: str, day: date, compared: Compared, acting_user: str
) -> Reconciliation:
    """Write the comparison down; earlier ones of the day stay as they are."""
    made = Reconciliation.objects.create(
        provider=provider,
        day=day,
        matched=compared.matched,
        here=compared.here,
        there=compared.there,
        ran_by=acting_user,
    )
    Difference.objects.bulk_create(
        Difference(
            reconciliation=made,
            kind=odd.kind,
            reference=odd.reference[:120],
            here=odd.here,
            there=odd.there,
        )
        for odd in compared.differences
    )
    record_act(
        actor=acting_user,
        action="payments.reconcile",
        subject=f"provider:{provider}",
        detail={
            "day": day.isoformat(),
            "matched": compared.matched,
            "differences": len(compared.differences),
        },
    )
    return made
