"""Places everyone shares: districts, 大字, 気象庁's areas and shelters' places."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from nenrin.core.tenancy.models import TownModel


class TownPlace(TownModel):
    """The codes under which 気象庁 speaks of the town (codes tables AreaInformationCity, 震度)."""

    municipality_area = models.CharField(max_length=7)
    grouped_area = models.CharField(max_length=6)
    primary_area = models.CharField(max_length=6)
    forecast_office = models.CharField(max_length=6)
    seismic_area = models.CharField(max_length=3)
    seismic_city = models.CharField(max_length=7)
    grouped_area_name = models.CharField(max_length=40)
    primary_area_name = models.CharField(max_length=40)
    prefecture_name = models.CharField(max_length=10)
    seismic_area_name = models.CharField(max_length=40)
    seismic_city_name = models.CharField(max_length=40)
    amedas_station = models.CharField(max_length=5, blank=True)
    rivers = ArrayField(models.CharField(max_length=12), default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town"], name="areas_one_place_per_town")]

    def __str__(self) -> str:
        return self.municipality_area


class Oaza(TownModel):
    """大字 of the town's addresses."""

    name = models.CharField(max_length=40)
    name_kana = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "name"], name="areas_oaza_name")]

    def __str__(self) -> str:
        return self.name


class District(TownModel):
    """地区: the unit of evacuation orders, paper rounds and self-government."""

    code = models.CharField(max_length=10)
    name = models.CharField(max_length=40)
    name_kana = models.CharField(max_length=60)
    oaza = models.ForeignKey(Oaza, on_delete=models.PROTECT, null=True, related_name="districts")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["town", "code"], name="areas_district_code")]

    def __str__(self) -> str:
        return self.name


class Neighbourhood(TownModel):
    """班: the houses that share one paper round."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="neighbourhoods")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["district", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "number"], name="areas_neighbourhood_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.district.name} {self.number}班"


class Shelter(TownModel):
    """指定緊急避難場所・指定避難所. Hazards are 国土地理院's columns that carry a mark."""

    name = models.CharField(max_length=80)
    address = models.CharField(max_length=120)
    latitude = models.FloatField()
    longitude = models.FloatField()
    hazards = ArrayField(models.CharField(max_length=20), default=list)
    is_living_shelter = models.BooleanField(default=False)
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "name"], name="areas_shelter_name")]

    def __str__(self) -> str:
        return self.name
