"""SudachiPy's core dictionary: memory-mapped, and let go when no word was looked up for a minute.

Opening it takes a tenth of a second and brings 75 MB into memory, a longer text 70 more.
"""

from sudachipy import Dictionary, SplitMode
from sudachipy.morphemelist import MorphemeList
from sudachipy.tokenizer import Tokenizer

from nenrin.core.memory.kept import KeptWhileUsed


def _open() -> Tokenizer:
    return Dictionary(dict="core").tokenizer(mode=SplitMode.C)


def _close(tokenizer: Tokenizer) -> None:
    """Nothing to do: the dictionary goes with the last that refers to it."""


_tokenizer = KeptWhileUsed(_open, _close, seconds=60)


def tokenize(text: str) -> MorphemeList:
    """The text's words, in long units."""
    with _tokenizer.use() as tokenizer:
        return tokenizer.tokenize(text)
