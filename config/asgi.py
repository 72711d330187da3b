"""The web server's entry: public pages kept, then the device portal, then Django."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django_application = get_asgi_application()

from django.db import connections  # noqa: E402

from config.databases import pool_connections  # noqa: E402
from nenrin.core.memory.loaded import keep_what_is_loaded  # noqa: E402
from nenrin.portals.device.application import DevicePortal  # noqa: E402
from nenrin.portals.public_pages import PublicPages  # noqa: E402

pool_connections(connections.settings["default"], size=8, patience=8.0)
application = PublicPages(DevicePortal(django_application))
keep_what_is_loaded()
