"""What every test stands on: one real PostgreSQL for the run, one database per worker."""

from hypothesis import HealthCheck, settings

# Slow input or a slow run says how busy the machine is, nothing about the code.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.browser",
    "tests.fixtures.card_reader",
    "tests.fixtures.towns",
    "tests.fixtures.stack",
]
