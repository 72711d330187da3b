"""When a message was released, it can be found; a drill cannot."""

from nenrin.core.events.bus import listen
from nenrin.core.messaging.events import MessageReleased
from nenrin.core.messaging.models import Message
from nenrin.core.search.services.index_entry import Findable, index_entry


def make_message_searchable(event: MessageReleased) -> None:
    """Index the words of a real message."""
    message = Message.objects.get(pk=event.message)
    if message.is_drill or message.released_at is None:
        return
    index_entry(
        findable=Findable(
            kind="message",
            key=event.message,
            title=message.title,
            text=message.body,
            url=f"/m/{message.pk}",
            happened_at=message.released_at,
        )
    )


listen(MessageReleased, make_message_searchable)
