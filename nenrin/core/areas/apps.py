from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "nenrin.core.areas"
    label = "areas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
