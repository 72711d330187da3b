from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "nenrin.core.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import plugs  # noqa: F401
