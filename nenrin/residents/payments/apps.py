from django.apps import AppConfig


class CashierConfig(AppConfig):
    name = "nenrin.residents.payments"
    label = "cashier"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
