"""Forms of a town and their published versions."""

from django.db import models

from nenrin.core.tenancy.models import TownModel


class FormDefinition(TownModel):
    """A form under its short name. What it asks stands in its versions."""

    slug = models.CharField(max_length=60)
    title = models.CharField(max_length=400)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["slug"]
        constraints = [models.UniqueConstraint(fields=["town", "slug"], name="forms_slug")]

    def __str__(self) -> str:
        return self.title


class DefinitionVersion(TownModel):
    """What was published, once and for all: the database refuses to change or delete it."""

    form = models.ForeignKey(FormDefinition, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64, help_text="content の SHA-256")
    changes = models.JSONField(default=list, help_text="前の版からの違い")
    report = models.TextField(help_text="公開前に試した結果")
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)

    class Meta:
        ordering = ["form", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="forms_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.form_id} 第{self.number}版"


class DefinitionDraft(TownModel):
    """A definition while it is written; ``content`` may be unfinished.

    ``revision`` grows with every change, so that two who write at once are told. ``to_check`` names
    what a person has still to look at because it came from another town (``came_from``).
    """

    slug = models.CharField(max_length=60)
    content = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    based_on = models.ForeignKey(
        DefinitionVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    came_from = models.CharField(max_length=80, blank=True)
    to_check = models.JSONField(default=list)
    started_by = models.CharField(max_length=120)
    edited_by = models.CharField(max_length=120)
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-edited_at"]
        constraints = [models.UniqueConstraint(fields=["town", "slug"], name="forms_draft_of_slug")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name it bears for now."""
        return str(self.content.get("title") or self.slug)
