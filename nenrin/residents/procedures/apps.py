from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "nenrin.residents.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
