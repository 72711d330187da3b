from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "nenrin.engines.bookings"
    label = "bookings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
