"""A limit, and whether one more try is within it."""

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from .models import Try

COUNT = """
SELECT count(*), extract(epoch FROM min(at) + %s * interval '1 second' - clock_timestamp())
FROM (SELECT at FROM limits_try
      WHERE action = %s AND key = %s AND at > clock_timestamp() - %s * interval '1 second'
      ORDER BY at DESC LIMIT %s) recent
"""


@dataclass(frozen=True)
class Limit:
    """At most ``times`` tries in any ``seconds``; ``action`` names what is counted together."""

    action: str
    times: int
    seconds: int


def seconds_to_wait(limit: Limit, who: str) -> float:
    """0 where one more try is allowed, which is then counted; else how long to wait.

    Tries are rows, not a counter: people who share an address never wait for one another's
    transactions.
    """
    key = _key(limit.action, who)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [limit.seconds, limit.action, key, limit.seconds, limit.times])
        count, wait = cursor.fetchone()
    if count >= limit.times:
        return max(1.0, float(wait))
    Try.objects.create(action=limit.action, key=key)
    return 0.0


def _key(action: str, who: str) -> str:
    text = f"limit:{action}:{who}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), text, hashlib.sha256).hex()[:32]
