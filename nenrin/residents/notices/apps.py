from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "nenrin.residents.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
