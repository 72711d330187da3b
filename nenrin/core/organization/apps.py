from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "nenrin.core.organization"
    label = "organization"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
