"""One receipt, told by a page rather than by a device."""

from django.db import connection
from django.utils import timezone

from ..states import DeliveryState
from .record_receipts import FOLD, Report, fold_parameters


def report_receipt(*, delivery_id: int, state: DeliveryState) -> None:
    """Fold one report into its delivery, in the caller's transaction and town."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD, fold_parameters([Report(delivery_id, state, timezone.now())]))
