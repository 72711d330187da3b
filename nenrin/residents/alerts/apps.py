from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "nenrin.residents.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
