"""Connection settings: alias ``default`` is the application role, ``owner`` the one that migrates.

With only NENRIN_DATABASE_URL, one login serves both and takes the two roles at connection; with
NENRIN_OWNER_DATABASE_URL as well, each has its own login (needed behind PgBouncer).
"""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from config.environment import Environment
from nenrin.core.database import embedded
from nenrin.core.database.roles import APPLICATION, OWNER


def application_url(environment: Environment) -> str:
    """Where the application connects."""
    return environment.database_url or embedded.url(environment.state_dir, user=APPLICATION)


def owner_url(environment: Environment) -> str:
    """Where migrations connect."""
    if environment.database_url:
        return environment.owner_database_url or environment.database_url
    return embedded.url(environment.state_dir, user=OWNER)


def assumed_role(environment: Environment, role: str) -> str:
    """Role to take after sign-in, or an empty string where the login is that role already."""
    shared = environment.database_url and not environment.owner_database_url
    return role if shared else ""


# Each thread that asks the database has a connection of its own, and each of these costs PostgreSQL
# 5 MB. A pool bounds them: in the minute after a warning readers wait for one another, and while it
# is quiet one connection is closed every ten seconds. Only what runs on has a pool: its own threads
# would hold up the end of every short command for seconds.
POOL = {"min_size": 1, "max_idle": 10.0}


def pool_connections(default: dict[str, Any], *, size: int, patience: float) -> None:
    """Let a process's threads share up to ``size`` of the application's connections.

    Who gets none within ``patience`` seconds gets an OperationalError.
    """
    default["CONN_MAX_AGE"] = 0
    default["OPTIONS"]["pool"] = POOL | {"max_size": size, "timeout": patience}


def database_settings(environment: Environment) -> dict[str, dict[str, Any]]:
    """Django's DATABASES."""
    application = _settings(application_url(environment), assumed_role(environment, APPLICATION))
    owner = _settings(owner_url(environment), assumed_role(environment, OWNER))
    return {"default": application | {"CONN_MAX_AGE": 300}, "owner": owner}


def _settings(url: str, role: str) -> dict[str, Any]:
    parts = conninfo_to_dict(url)
    options: dict[str, Any] = {"options": f"-c role={role}"} if role else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "nenrin"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts | options,
    }
