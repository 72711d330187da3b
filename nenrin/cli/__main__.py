"""``python -m nenrin.cli``."""

import sys

from nenrin.cli.main import main

sys.exit(main())
