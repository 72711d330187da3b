"""The town's words for other systems: an Atom feed, and each message as CAP 1.2."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from nenrin.core.messaging.models import Message
from nenrin.core.messaging.selectors.reach import messages_for_everyone
from nenrin.core.messaging.sending.claim import words_of
from nenrin.core.messaging.transports.feed.documents import Entry, atom_feed
from nenrin.core.messaging.transports.feed.transport import cap_path
from nenrin.core.tenancy.scope import current_town_code
from nenrin.core.tenancy.selectors import town_address


@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """The newest messages as Atom; drills are in it, marked as such in their titles."""
    town = request.town  # type: ignore[attr-defined]
    base = town_address(town)
    entries = [
        Entry(words_of(message), f"{base}/m/{message.pk}", f"{base}/cap/{message.pk}.xml")
        for message in messages_for_everyone().order_by("-released_at")[:20]
    ]
    body = atom_feed(town.name, f"{base}/feed.atom", timezone.now(), entries)
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


@require_GET
def cap(request: HttpRequest, message: UUID) -> HttpResponse:
    """One message as CAP 1.2, as it was published."""
    path = cap_path(current_town_code(), str(message))
    if not Message.objects.filter(pk=message).exists() or not path.exists():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="application/cap+xml")
