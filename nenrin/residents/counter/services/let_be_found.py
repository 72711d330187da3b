"""The interviews are found by everyday words in the search of the resident's pages."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.search.services.index_entry import Findable, index_entry

from ..interviews.shipped import interviews

SEARCH_KIND = "counter"


@transaction.atomic
def let_be_found() -> None:
    """Write or renew one entry for each interview; safe to repeat."""
    for interview in interviews().values():
        index_entry(
            findable=Findable(
                kind=SEARCH_KIND,
                key=interview.key,
                title=interview.title,
                text=f"{interview.lead}\n{' '.join(interview.words)}",
                url=f"/counter/#{interview.key}",
                happened_at=timezone.now(),
            )
        )
