"""Say what an application costs where the form leaves it to the desk."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..fees import charge_fee
from ..locking import ApplicationRefused, lock_sent
from ..models import Application
from ..telling import tell

MOST = 1_000_000
LONGEST_BASIS = 200


@transaction.atomic
def set_fee(*, application: Application, amount: int, basis: str, acting_user: str) -> Application:
    """Charge an amount by the basis named, and tell the applicant. Raises ApplicationRefused."""
    found = lock_sent(application)
    words = basis.strip()[:LONGEST_BASIS]
    if not found.fee or found.fee.get("amount") is not None:
        raise ApplicationRefused("この申請の手数料は、もう決まっています。")
    if not 0 < amount <= MOST:
        raise ApplicationRefused(f"金額は1円から{MOST:,}円までです。")
    if not words:
        raise ApplicationRefused("根拠（条例と条）を書いてください。")
    found.fee = found.fee | {"amount": amount, "article": words, "is_example": False}
    found.save(update_fields=["fee", "changed_at"])
    record_act(
        actor=acting_user,
        action="procedures.set_fee",
        subject=f"application:{found.pk}",
        detail={"yen": amount},
    )
    charge_fee(application=found, acting_user=acting_user)
    tell(application=found, turn="fee", acting_user=acting_user)
    return found
