from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "nenrin.residents.support"
    label = "support"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
