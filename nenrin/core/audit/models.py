"""Who did what, when, on whose behalf: one hash chain per town."""

from django.db import models

from nenrin.core.tenancy.models import TownModel


class AuditEntry(TownModel):
    """One act. Rows are only ever added; the application role may not update or delete them."""

    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    on_behalf_of = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["town", "sequence"], name="audit_one_chain_per_town")
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"
