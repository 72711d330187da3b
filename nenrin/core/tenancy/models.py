"""Towns, and the base of every model whose rows belong to one."""

from django.core.exceptions import ValidationError
from django.db import models

from .rules import is_municipality_code
from .scope import default_town_code


def _validate_code(code: str) -> None:
    if not is_municipality_code(code):
        raise ValidationError(f"{code!r} は全国地方公共団体コードではありません。")


class Town(models.Model):
    """A municipality on this installation. Global: everyone may read the list of towns."""

    code = models.CharField(primary_key=True, max_length=6, validators=[_validate_code])
    name = models.CharField(max_length=40)
    name_kana = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    slug = models.SlugField(unique=True)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class TownHost(models.Model):
    """A host name under which a town is reached. Global."""

    host = models.CharField(primary_key=True, max_length=253)
    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="hosts")

    def __str__(self) -> str:
        return self.host


class TownModel(models.Model):
    """Base of every row that belongs to a town; row-level security guards it."""

    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, default=default_town_code, editable=False, related_name="+"
    )

    class Meta:
        abstract = True
