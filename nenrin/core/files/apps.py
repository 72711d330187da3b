from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "nenrin.core.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
