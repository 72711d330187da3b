"""The outbox: past-tense facts, written in the transaction that made them true."""

from django.db import models

from nenrin.core.tenancy.models import TownModel


class OutboxEvent(TownModel):
    """One fact. Its listeners run in jobs that were deferred in the same transaction."""

    name = models.CharField(max_length=80)
    payload = models.JSONField()
    occurred_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class HandledEvent(TownModel):
    """A listener has done its work for an event; written with that work, so it happens once."""

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE)
    listener = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "listener"], name="events_handled_once")
        ]

    def __str__(self) -> str:
        return self.listener
