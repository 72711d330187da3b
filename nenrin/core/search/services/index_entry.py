"""Let something be found, or no longer."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from nenrin.core.language.search_words import search_words

from ..kinds import search_kinds
from ..models import SearchEntry

CONFIGURATION = "simple"


@dataclass(frozen=True)
class Findable:
    """What is indexed: ``kind`` is registered, ``key`` unique within it, ``url`` a path."""

    kind: str
    key: str
    title: str
    text: str
    url: str
    happened_at: datetime
    audience: str = SearchEntry.Audience.PUBLIC


@transaction.atomic
def index_entry(*, findable: Findable) -> None:
    """Write or renew the entry; words of the title count more than those of the text."""
    search_kinds.get(findable.kind)
    words = _vector(findable.title, "A") + _vector(findable.text, "B")
    SearchEntry.objects.update_or_create(
        kind=findable.kind,
        key=findable.key,
        defaults={
            "title": findable.title[:200],
            "text": findable.text,
            "url": findable.url,
            "audience": findable.audience,
            "happened_at": findable.happened_at,
            "words": words,
        },
    )


def remove_entry(*, kind: str, key: str) -> None:
    """Let it be found no longer, in the caller's transaction."""
    SearchEntry.objects.filter(kind=kind, key=key).delete()


def _vector(text: str, weight: str) -> SearchVector:
    return SearchVector(Value(" ".join(search_words(text))), config=CONFIGURATION, weight=weight)
