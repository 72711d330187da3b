from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "nenrin.engines.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
