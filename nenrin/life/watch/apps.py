from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "nenrin.life.watch"
    label = "watch"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
