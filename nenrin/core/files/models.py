"""What is known of a stored file; its bytes lie in the file store under a random name."""

import uuid

from django.db import models

from nenrin.core.tenancy.models import TownModel


class StoredFile(TownModel):
    """A file someone handed in. ``content_type`` is what its bytes are, not what was claimed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, help_text="what the person called it, made safe")
    kind = models.CharField(max_length=10, help_text="a key of nenrin.core.files.kinds")
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    purpose = models.CharField(
        max_length=40, blank=True, help_text="whose access rule applies; empty: its owner serves it"
    )
    stored_by = models.CharField(max_length=120)
    stored_at = models.DateTimeField(auto_now_add=True)
    keep_until = models.DateField(null=True, blank=True, help_text="erased after this day")
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-stored_at"]
        indexes = [
            models.Index(
                fields=["keep_until"],
                condition=models.Q(erased_at=None),
                name="files_keep_until",
            )
        ]

    def __str__(self) -> str:
        return f"ファイル {self.pk}"

    @property
    def store_path(self) -> str:
        """Where the bytes lie in the store: the town, and a name that tells nothing."""
        return f"{self.town_id}/{self.pk.hex[:2]}/{self.pk.hex}"
