"""Messages to test with."""

from datetime import timedelta

from django.utils import timezone

from nenrin.core.messaging.models import Message
from nenrin.core.messaging.services.compose_message import Draft, compose_message
from nenrin.core.messaging.states import Severity


def make_message(**fields) -> Message:
    """An unreleased message of level 4 to everyone, or as the fields say."""
    aims = {key: fields.pop(key) for key in ("districts", "persons", "supersedes") if key in fields}
    values = {
        "source": "test",
        "title": "川があふれそうです",
        "body": "今すぐ高い場所へ移ってください。",
        "severity": Severity.LEVEL_4,
        "asks_safety": True,
        "expires_at": timezone.now() + timedelta(hours=3),
    }
    return compose_message(draft=Draft(**values | fields), **aims)
