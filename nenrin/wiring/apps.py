from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "nenrin.wiring"
    label = "wiring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import (  # noqa: F401
            consent_opens_and_closes_addresses,
            counter_facts_fill_forms,
            help_requested_opens_case,
            orders_changed_go_to_lalert,
            released_message_is_searchable,
            shelters_changed_go_to_lalert,
        )
