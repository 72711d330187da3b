from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "nenrin.residents.counter"
    label = "counter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
