"""One row for each thing that can be found."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from nenrin.core.tenancy.models import TownModel


class SearchEntry(TownModel):
    """What is found, where it leads, and who may find it."""

    class Audience(models.TextChoices):
        PUBLIC = "public", "だれでも"
        STAFF = "staff", "職員"

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    text = models.TextField()
    url = models.CharField(max_length=200)
    audience = models.CharField(max_length=8, choices=Audience)
    words = SearchVectorField()
    happened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "kind", "key"], name="search_one_entry")
        ]
        indexes = [GinIndex(fields=["words"], name="search_words")]

    def __str__(self) -> str:
        return self.title
