"""Staff change services and windows."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from nenrin.core.audit.services.record_act import record_act

from ..models import Duty, Service, Window
from .keep_preparation import CounterRefused


@transaction.atomic
def edit_service(*, service: Service | None, fields: dict[str, Any], acting_user: str) -> Service:
    """Make a service or change it. Raises CounterRefused for a letter that another one has."""
    found = service or Service()
    _save(found, fields, "同じ記号か番号がもうあります。別のものにしてください。")
    _note(f"service:{found.code}", acting_user)
    return found


@transaction.atomic
def edit_window(
    *,
    window: Window | None,
    fields: dict[str, Any],
    services: Sequence[Service],
    acting_user: str,
) -> Window:
    """Make a window or change it, with what it does. Raises CounterRefused for a taken number."""
    found = window or Window()
    _save(found, fields, "その番号の窓口がもうあります。別の番号にしてください。")
    found.duties.exclude(service__in=services).delete()
    for service in services:
        Duty.objects.get_or_create(window=found, service=service)
    _note(f"window:{found.number}", acting_user)
    return found


def _save(place: Service | Window, fields: dict[str, Any], taken: str) -> None:
    for name, value in fields.items():
        setattr(place, name, value)
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as error:
        raise CounterRefused(taken) from error


def _note(subject: str, actor: str) -> None:
    record_act(actor=actor, action="counter.settings", subject=subject)
