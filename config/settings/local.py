"""One machine, plain HTTP on loopback: `make up`."""

from .base import *  # noqa: F403
from .base import STORAGES as BASE_STORAGES

STORAGES = BASE_STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = True
