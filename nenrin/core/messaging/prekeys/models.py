"""Both tables are UNLOGGED, guarded by triggers (migration 0005) and named in EPHEMERAL_TABLES."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from nenrin.core.tenancy.models import Town, TownModel
from nenrin.core.tenancy.scope import default_town_code


def _exactly(field: str, octets: int) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(Exact(Length(field), octets)), name=f"messaging_prekey_{field}"
    )


def _town() -> models.ForeignKey[Town, Town]:
    """Without an index: most towns are one of few, and the planner would combine it with others."""
    return models.ForeignKey(
        Town,
        on_delete=models.PROTECT,
        default=default_town_code,
        editable=False,
        related_name="+",
        db_index=False,
    )


class PreKey(TownModel):
    """What sealing ONE push to one subscription takes; never the private key behind it.

    A row is only ever inserted and deleted: who deletes it and commits may seal with it, once.
    A change of the subscription's keys, or its end, deletes its rows.
    """

    town = _town()
    endpoint = models.ForeignKey("messaging.Endpoint", on_delete=models.CASCADE, related_name="+")
    header = models.BinaryField(max_length=86)
    key = models.BinaryField(max_length=16)
    nonce = models.BinaryField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["header"], name="messaging_prekey_once"),
            _exactly("header", 86),
            _exactly("key", 16),
            _exactly("nonce", 12),
        ]

    def __str__(self) -> str:
        return f"pre-key of {self.endpoint_id}"


class SealedPush(TownModel):
    """The bytes of a push that has to be tried again: the next attempt sends the very same."""

    town = _town()
    delivery = models.OneToOneField(
        "messaging.Delivery", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    body = models.BinaryField(max_length=4096)

    def __str__(self) -> str:
        return f"sealed {self.delivery_id}"
