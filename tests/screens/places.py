"""Runs inside a stack's settings: prints ids and session cookies for the pages, as JSON.

``python -m tests.screens.places`` with NENRIN_STATE_DIR of the running stack. Signing in page by
page would be slow, and the journeys do that; here sessions are made directly.
"""

import json
import sys
from importlib import import_module

from nenrin.cli.main import connect_database

TOWN, EMPTY_TOWN = "063614", "062057"


def main() -> int:
    """Print one JSON object; modules add their ids in `tests.screens.ids`."""
    connect_database()
    work = import_module("tests.screens.ids")
    print(json.dumps({"data": work.full_town(TOWN), "empty": work.empty_town(EMPTY_TOWN)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
