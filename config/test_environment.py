"""Early pytest plugin (`-p`): a state folder of the run's own, before any setting is read."""

import os
import tempfile

if "NENRIN_STATE_DIR" not in os.environ:
    os.environ["NENRIN_STATE_DIR"] = tempfile.mkdtemp(prefix="nenrin-test-")
os.environ.setdefault("NENRIN_REHEARSAL", "true")
