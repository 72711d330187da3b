"""What was tried lately."""

from django.db import models
from django.db.models.functions import Now

from nenrin.core.tenancy.models import TownModel


class Try(TownModel):
    """One try. ``key`` is a keyed hash: no address and no token lies in the table.

    The table is unlogged (migration 0001): quick, in no backup, empty after a crash.
    """

    action = models.CharField(max_length=40)
    key = models.CharField(max_length=32)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["action", "key", "at"], name="limits_key"),
            models.Index(fields=["at"], name="limits_at"),
        ]

    def __str__(self) -> str:
        return self.action
