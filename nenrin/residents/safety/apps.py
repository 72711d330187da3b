from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "nenrin.residents.safety"
    label = "safety"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
