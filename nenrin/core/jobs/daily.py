"""When a daily job runs; the queue's clock is UTC, the towns' is Japan's."""

from datetime import time

AHEAD = 9
"""Hours Japan is ahead of UTC, all the year."""


def daily(at: str) -> str:
    """Cron line of a job that runs each day at ``at``, such as "03:20" in Japan."""
    wanted = time.fromisoformat(at)
    return f"{wanted.minute} {(wanted.hour - AHEAD) % 24} * * *"
