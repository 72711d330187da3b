"""Keeps the garbage collector away from what a process loaded at its start."""

import gc


def keep_what_is_loaded() -> None:
    """Call when a process has loaded its code: no collection walks through that any more.

    Modules and classes live as long as the process; a full collection that visits them all holds
    every thread up for a tenth of a second, and many small objects (a warning's) bring it about.
    """
    gc.collect()
    gc.freeze()
