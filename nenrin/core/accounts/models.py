"""Who signs in. A person of the register is linked from `people`, a post from `organization`."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from nenrin.core.tenancy.models import TownModel


class UserManager(BaseUserManager["User"]):
    """Makes users in the town in scope."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Add a user; without a password only passkey, e-mail code or card signs them in."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail, whatever its capitals, in the town in scope."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, TownModel):
    """A sign-in of one town; the same address may exist once in every town."""

    class Kind(models.TextChoices):
        RESIDENT = "resident", "町民"
        STAFF = "staff", "職員"

    email = models.EmailField(blank=True, help_text="empty: signs in by My Number card alone")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RESIDENT)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "town", Lower("email"), condition=~models.Q(email=""), name="accounts_email"
            )
        ]

    def __str__(self) -> str:
        return self.email or self.audit_name

    @property
    def is_staff_member(self) -> bool:
        """Whether this sign-in belongs to the town hall."""
        return self.kind == self.Kind.STAFF

    @property
    def audit_name(self) -> str:
        """How the audit trail names this user: staff by their address, a resident by a number."""
        return self.email if self.is_staff_member else f"user:{self.pk}"
