"""What every test stands on: one real PostgreSQL for the run, one database per worker."""

import os
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
os.environ.setdefault("NENRIN_REHEARSAL", "true")
os.environ.setdefault("NENRIN_STATE_DIR", tempfile.mkdtemp(prefix="nenrin-test-"))

pytest_plugins = ["tests.fixtures.database", "tests.fixtures.towns"]
