from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "nenrin.engines.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
