"""Handing over several parcels at once, for providers that take one request each."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from .contract import Fate, Outcome, Parcel


def hand_over_side_by_side(
    parcels: Sequence[Parcel], hand_over: Callable[[Parcel], Outcome], *, workers: int
) -> Iterator[Outcome]:
    """Yield outcomes as they come; what is not begun when the caller stops is never sent."""
    pool = ThreadPoolExecutor(max_workers=workers)
    try:
        waiting = [pool.submit(hand_over, parcel) for parcel in parcels]
        for done in as_completed(waiting):
            yield done.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def all_temporary(
    parcels: Sequence[Parcel], reason: str, retry_after: float | None = None
) -> Iterator[Outcome]:
    """The same temporary failure for each parcel: the fault lies with the town or the provider."""
    for parcel in parcels:
        yield Outcome(parcel.delivery_id, Fate.TEMPORARY, reason=reason, retry_after=retry_after)
