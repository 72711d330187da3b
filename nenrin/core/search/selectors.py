"""Finding."""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet

from nenrin.core.language.search_words import search_words

from .kinds import search_kinds
from .models import SearchEntry
from .services.index_entry import CONFIGURATION

CANDIDATES = 400
SNIPPET = 90


@dataclass(frozen=True)
class Hit:
    """One result: what kind it is, in words, and the part of its text that was asked for."""

    title: str
    url: str
    label: str
    snippet: str


def search(words: str, *, for_staff: bool = False, limit: int = 30) -> list[Hit]:
    """What holds all the words, the best first; staff find also what only staff may see.

    Only the newest few hundred matches are ranked: ranking all of a common word would be slow.
    """
    plain = list(dict.fromkeys(search_words(words)))
    if not plain:
        return []
    query = SearchQuery(" ".join(plain), config=CONFIGURATION, search_type="plain")
    newest = _visible(for_staff).filter(words=query).order_by("-happened_at")[:CANDIDATES]
    ranked = (
        SearchEntry.objects.filter(pk__in=newest.values("pk"))
        .annotate(rank=SearchRank(F("words"), query))
        .order_by("-rank", "-happened_at")[:limit]
    )
    return [
        Hit(entry.title, entry.url, search_kinds.get(entry.kind).label, _snippet(entry.text, plain))
        for entry in ranked
    ]


def _visible(for_staff: bool) -> QuerySet[SearchEntry]:
    every = SearchEntry.objects.all()
    return every if for_staff else every.filter(audience=SearchEntry.Audience.PUBLIC)


def _snippet(text: str, words: list[str]) -> str:
    places = [at for word in words if (at := text.find(word)) >= 0]
    start = max(min(places, default=0) - SNIPPET // 3, 0)
    cut = text[start : start + SNIPPET].replace("\n", " ")
    return ("…" if start else "") + cut + ("…" if start + SNIPPET < len(text) else "")
