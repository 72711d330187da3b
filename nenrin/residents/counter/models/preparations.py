"""What somebody answered and wrote before they came, and the forms that were begun from it."""

import uuid

from django.db import models
from django.db.models import Q

from nenrin.core.people.models import Household, Person
from nenrin.core.tenancy.models import TownModel


class Preparation(TownModel):
    """One interview with its answers. ``sealed`` holds answers and facts; nothing else does.

    It is found again by its code for thirty days and then erased, or when its visit is over.
    """

    class Mouth(models.TextChoices):
        PHONE = "phone", "スマホ・パソコン"
        COUNTER = "counter", "窓口"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    interview = models.CharField(max_length=60)
    mouth = models.CharField(max_length=8, choices=Mouth)
    sealed = models.TextField(blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.CharField(max_length=120, blank=True)
    identified_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "code_hash"],
                condition=~Q(code_hash=""),
                name="counter_preparation_code",
            )
        ]
        indexes = [models.Index(fields=["expires_at"], name="counter_preparation_over")]

    def __str__(self) -> str:
        return f"{self.interview} {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether its visit was finished; then only the count is left."""
        return self.finished_at is not None


class OpenedForm(TownModel):
    """A form begun from a preparation: ``application`` is the key that the procedures gave it."""

    preparation = models.ForeignKey(Preparation, on_delete=models.CASCADE, related_name="forms")
    slug = models.CharField(max_length=60)
    application = models.UUIDField()
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["preparation", "slug"], name="counter_form_once"),
            models.UniqueConstraint(fields=["town", "application"], name="counter_form_of_one"),
        ]

    def __str__(self) -> str:
        return self.slug
