from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "nenrin.townhall.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
