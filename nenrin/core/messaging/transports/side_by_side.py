"""Handing over several parcels at once, for providers that take one request each."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

from .contract import Fate, Outcome, Parcel

PATIENCE_SECONDS = 35.0
"""A claim lasts a minute: what is not begun by now is given back rather than sent twice."""

OUT_OF_TIME = "混み合っていて、時間内に送れませんでした"


def hand_over_side_by_side(
    parcels: Sequence[Parcel],
    hand_over: Callable[[Parcel], Outcome],
    *,
    workers: int,
    patience: float = PATIENCE_SECONDS,
) -> Iterator[Outcome]:
    """Yield outcomes as they come; what has not begun in time comes back as temporary."""
    deadline = time.monotonic() + patience

    def in_time(parcel: Parcel) -> Outcome:
        return hand_over(parcel) if time.monotonic() < deadline else out_of_time(parcel)

    pool = ThreadPoolExecutor(max_workers=workers)
    try:
        waiting: list[Future[Outcome]] = [pool.submit(in_time, parcel) for parcel in parcels]
        for done in as_completed(waiting):
            yield done.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def out_of_time(parcel: Parcel) -> Outcome:
    return Outcome(parcel.delivery_id, Fate.TEMPORARY, reason=OUT_OF_TIME)


def all_temporary(
    parcels: Iterable[Parcel], reason: str, retry_after: float | None = None
) -> Iterator[Outcome]:
    """The same temporary failure for each parcel: the fault lies with the town or the provider."""
    for parcel in parcels:
        yield Outcome(parcel.delivery_id, Fate.TEMPORARY, reason=reason, retry_after=retry_after)
