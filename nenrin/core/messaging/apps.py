from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "nenrin.core.messaging"
    label = "messaging"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
