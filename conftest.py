"""What every test stands on: one real PostgreSQL for the run, one database per worker."""

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.browser",
    "tests.fixtures.towns",
    "tests.fixtures.stack",
]
