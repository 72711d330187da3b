from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "nenrin.wiring"
    label = "wiring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import consent_opens_and_closes_addresses  # noqa: F401
