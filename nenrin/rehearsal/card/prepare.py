"""Fetch the card service of rehearsals: ``python -m nenrin.rehearsal.card.prepare``.

Without it everything runs; only cards are not held.
"""

import sys

from nenrin.core.ui.packages import fetch_packages
from nenrin.rehearsal.card.reader import HERE


def main() -> int:
    """Fetch; says what is missing and returns 0 where that cannot be done."""
    trouble = fetch_packages(HERE)
    if trouble:
        print(f"カードの代役を取り込めません。ほかは動きます: {trouble}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
