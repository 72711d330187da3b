"""When a message for everyone was released, it can be found; a drill, or a household's, cannot."""

from nenrin.core.events.bus import listen
from nenrin.core.messaging.events import MessageReleased
from nenrin.core.messaging.selectors.reach import messages_for_everyone
from nenrin.core.search.services.index_entry import Findable, index_entry


def make_message_searchable(event: MessageReleased) -> None:
    """Index the words of a real message."""
    message = messages_for_everyone().filter(pk=event.message, is_drill=False).first()
    if message is None or message.released_at is None:
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
