from django.apps import AppConfig


class PortalsConfig(AppConfig):
    name = "nenrin.portals"
    label = "portals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
        from .account import plugs as account_plugs  # noqa: F401
        from .staff_admin import plugs as staff_admin_plugs  # noqa: F401
