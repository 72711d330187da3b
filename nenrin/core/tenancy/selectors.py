"""Reading about towns."""

from urllib.parse import urlsplit

from django.conf import settings

from .models import Town


def town_address(town: Town) -> str:
    """Address (without a closing slash) under which a town's people reach the system.

    The default town is at NENRIN_PUBLIC_URL; another at its first registered host, or at its slug
    before the public host's name.
    """
    public = str(settings.NENRIN.public_url).rstrip("/")
    if town.code == settings.NENRIN.default_town:
        return public
    parts = urlsplit(public)
    registered = town.hosts.order_by("host").values_list("host", flat=True).first()
    host = registered or f"{town.slug}.{parts.netloc}"
    return f"{parts.scheme}://{host}"
