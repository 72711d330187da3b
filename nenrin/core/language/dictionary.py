"""SudachiPy's core dictionary, loaded once and memory-mapped."""

import threading
from functools import cache

from sudachipy import Dictionary, SplitMode
from sudachipy.tokenizer import Tokenizer

_of_thread = threading.local()


@cache
def _dictionary() -> Dictionary:
    return Dictionary(dict="core")


def tokenizer() -> Tokenizer:
    """This thread's tokenizer (long units); the dictionary under it is shared."""
    if not hasattr(_of_thread, "tokenizer"):
        _of_thread.tokenizer = _dictionary().tokenizer(mode=SplitMode.C)
    found: Tokenizer = _of_thread.tokenizer
    return found
