from django.apps import AppConfig


class SheltersConfig(AppConfig):
    name = "nenrin.residents.shelters"
    label = "shelters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
