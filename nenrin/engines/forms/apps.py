from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "nenrin.engines.forms"
    label = "forms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
