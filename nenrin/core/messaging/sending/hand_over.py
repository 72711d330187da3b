"""Hand a shard to its transport so that one bad parcel does not hold up the others."""

import logging
from collections import deque
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError

from ..transports.contract import Outcome, Parcel
from ..transports.side_by_side import all_temporary
from ..transports.state_files import DiskFull
from .claim import Shard

logger = logging.getLogger(__name__)
MOST_BREAKS = 40
DISK_WAIT = 60.0
DATABASE_WAIT = 2.0
BROKE_OFF = "送るしくみの中で止まりました"
NO_OUTCOME = "送れたかどうかがわかりません"
NO_DATABASE = "データベースにつながりませんでした"


def hand_over(shard: Shard) -> Iterator[Outcome]:
    """Yield an outcome for every parcel of the shard.

    A transport that raises is asked again with what is left, in halves, until the parcel that it
    chokes on stands alone: that one failed, the others go. What this machine lacks (disk space,
    its database) is no parcel's fault: all that is left waits, and the attempt does not count.
    """
    waiting = deque([list(shard.parcels)])
    breaks = 0
    while waiting:
        parcels = waiting.popleft()
        left = {parcel.delivery_id: parcel for parcel in parcels}
        reason, wait = NO_OUTCOME, None
        try:
            for outcome in shard.transport.send(shard.options, shard.words, parcels):
                left.pop(outcome.delivery_id, None)
                yield outcome
        except DiskFull as error:
            logger.error("%s: %s", shard.transport.label, error)
            reason, wait = str(error), DISK_WAIT
        except (OperationalError, InterfaceError) as error:
            logger.warning("%s: %s (%s)", shard.transport.label, NO_DATABASE, type(error).__name__)
            reason, wait = NO_DATABASE, DATABASE_WAIT
        except Exception:
            logger.exception("transport %s broke off in a shard", shard.transport.key)
            reason = BROKE_OFF
            breaks += 1
            if len(left) > 1 and breaks <= MOST_BREAKS:
                waiting.extend(_halves(list(left.values())))
                continue
        yield from all_temporary(list(left.values()), reason, wait)


def _halves(parcels: list[Parcel]) -> list[list[Parcel]]:
    middle = len(parcels) // 2
    return [parcels[:middle], parcels[middle:]]
