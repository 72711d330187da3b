"""Reading services and windows."""

from datetime import datetime

from django.utils import timezone

from nenrin.engines.casework.rules import is_business_day

from ..models import Service, Window


def open_services() -> list[Service]:
    """Services that numbers are drawn for."""
    return list(Service.objects.filter(is_open=True))


def is_open_now(service: Service, now: datetime) -> bool:
    """Whether the service is within its hours on a day the town hall is open."""
    local = timezone.localtime(now)
    within = service.opens <= local.time() < service.closes
    return service.is_open and within and is_business_day(local.date())


def windows_of(service: Service) -> list[Window]:
    """The open windows that do a service."""
    return list(Window.objects.filter(is_open=True, duties__service=service))


def windows_by_owner() -> dict[str, str]:
    """By section, the windows where its forms are handled, in words."""
    found: dict[str, list[int]] = {}
    rows = Service.objects.filter(is_open=True).prefetch_related("duties__window")
    for service in rows:
        numbers = [duty.window.number for duty in service.duties.all() if duty.window.is_open]
        for owner in service.owners:
            found.setdefault(owner, []).extend(numbers)
    return {
        owner: "・".join(f"{number}番" for number in sorted(set(numbers))) + "窓口"
        for owner, numbers in found.items()
        if numbers
    }
