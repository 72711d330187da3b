from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "nenrin.core.tenancy"
    label = "tenancy"
