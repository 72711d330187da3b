from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "nenrin.core.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
