"""課・係, posts, and who holds them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from nenrin.core.accounts.models import User
from nenrin.core.tenancy.models import TownModel


class Section(TownModel):
    """課 or 係; a 係 has a 課 above it."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["town", "code"], name="organization_section_code")
        ]

    def __str__(self) -> str:
        return self.name


class StaffMember(TownModel):
    """A sign-in with its section, post and roles."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="staff_member")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="members")
    post = models.CharField(max_length=40)
    roles = ArrayField(models.CharField(max_length=40), default=list)

    def __str__(self) -> str:
        return f"{self.section.name} {self.post} {self.user.name}"

    def holds(self, role: str) -> bool:
        """Whether this member holds a role (`organization.roles.Role`)."""
        return role in self.roles
