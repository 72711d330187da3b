"""Tests: real PostgreSQL, fast password hashing, no manifest of static files."""

from .base import *  # noqa: F403
from .base import DATABASES as BASE_DATABASES
from .base import STORAGES as BASE_STORAGES

# One connection in one thread: a pool would only outlive the database of the run.
DATABASES = BASE_DATABASES
DATABASES["default"]["OPTIONS"].pop("pool")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = BASE_STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# Journeys run the real web server on these settings.
WHITENOISE_USE_FINDERS = True
