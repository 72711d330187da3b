from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "nenrin.core.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
