from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "nenrin.residents.orders"
    label = "orders"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
