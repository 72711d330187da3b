from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "nenrin.engines.measures"
    label = "measures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
