"""Settings that hold everywhere. Values come from the environment (`config.environment`)."""

from pathlib import Path

from config.databases import database_settings
from config.environment import environment
from config.secret_key import read_or_make_secret_key

from .sign_in import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent.parent
SECRET_KEY = environment.secret_key or read_or_make_secret_key(environment.state_dir)
DEBUG = False
ALLOWED_HOSTS = environment.allowed_hosts

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "nenrin.core.jobs",
    "nenrin.core.events",
    "nenrin.core.tenancy",
    "nenrin.core.audit",
    "nenrin.core.limits",
    "nenrin.core.operations",
    "nenrin.core.files",
    "nenrin.core.search",
    "nenrin.core.areas",
    "nenrin.core.accounts",
    "nenrin.core.organization",
    "nenrin.core.people",
    "nenrin.core.messaging",
    "nenrin.core.ui",
    "nenrin.engines.bookings",
    "nenrin.engines.casework",
    "nenrin.engines.forms",
    "nenrin.engines.measures",
    "nenrin.engines.surveys",
    "nenrin.townhall.plan",
    "nenrin.residents.alerts",
    "nenrin.residents.safety",
    "nenrin.residents.shelters",
    "nenrin.residents.counter",
    "nenrin.residents.notices",
    "nenrin.residents.support",
    "nenrin.residents.orders",
    "nenrin.residents.procedures",
    "nenrin.life.watch",
    "nenrin.wiring",
    "nenrin.portals",
    # After our own apps, whose templates go before the library's.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "nenrin.portals.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nenrin.core.ui.middleware.ContentSecurityPolicyMiddleware",
    "nenrin.core.ui.middleware.ReaderMiddleware",
    "nenrin.portals.api.door.ApiMiddleware",
    "nenrin.core.tenancy.middleware.TownMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nenrin.core.ui.context.town",
            ],
        },
    }
]

DATABASES = database_settings(environment)
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
# An e-mail address is unique within a town (accounts_email); row-level security shows one town.
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "nenrin_cache",
    }
}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "nenrin" / "locale"]
LANGUAGE_COOKIE_NAME = "nenrin_language"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = environment.state_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = environment.state_dir / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "nenrin.core.operations.logs.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

NENRIN = environment
