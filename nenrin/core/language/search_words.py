"""The words by which a text is found: plain forms, so that 引っ越し finds 引越."""

import unicodedata
from collections.abc import Iterator

from sudachipy import SplitMode
from sudachipy.morpheme import Morpheme

from .dictionary import tokenize

CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞"})


def search_words(text: str) -> list[str]:
    """Plain forms of the text's content words in order; long words also in their parts.

    A text of single letters or marks gives the letters themselves, so that nothing is unfindable.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    found = [word for morpheme in tokenize(plain) for word in _forms(morpheme)]
    return found or [letter for letter in plain if letter.isalnum()]


def _forms(morpheme: Morpheme) -> Iterator[str]:
    if morpheme.part_of_speech()[0] not in CONTENT:
        return
    yield morpheme.normalized_form()
    parts = morpheme.split(SplitMode.A)
    if len(parts) > 1:
        yield from (part.normalized_form() for part in parts)
