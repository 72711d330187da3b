"""What a process loaded is left out of collections; what comes later is not."""

import gc

from nenrin.core.memory.loaded import keep_what_is_loaded


def test_what_is_loaded_is_no_longer_walked_through() -> None:
    before = gc.get_freeze_count()
    try:
        keep_what_is_loaded()
        assert gc.get_freeze_count() > before
        assert len(gc.get_objects()) < gc.get_freeze_count()
    finally:
        gc.unfreeze()
