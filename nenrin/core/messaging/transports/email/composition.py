"""One mail: plain text, simple HTML, and headers that tell machines what it is."""

from email.utils import format_datetime, formataddr
from pathlib import Path

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context, Engine

from nenrin.core.areas.japan import JST

from ..contract import Parcel, Words
from ..text import invitation, plain_text
from .options import EmailOptions

ENGINE = Engine(dirs=[str(Path(__file__).parent / "templates")])
EVERYDAY = 1
"""Up to this severity one click may stop the mail; a warning is stopped on the page only."""


def compose_mail(
    options: EmailOptions, words: Words, parcel: Parcel, connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """The same bytes in meaning for every attempt: Message-ID and Date do not change."""
    mail = EmailMultiAlternatives(
        subject=" ".join(words.heading.split()),
        body=plain_text(words, parcel.link),
        from_email=formataddr((words.town_name, options.from_address)),
        to=[parcel.address],
        headers=mail_headers(options, words, parcel),
        connection=connection,
    )
    mail.attach_alternative(html_of(words, parcel.link), "text/html")
    return mail


def mail_headers(options: EmailOptions, words: Words, parcel: Parcel) -> dict[str, str]:
    headers = {
        "Message-ID": message_id(options, words, parcel),
        "Date": format_datetime(words.released_at.astimezone(JST)),
        "Auto-Submitted": "auto-generated",
    }
    return headers | unsubscribe_headers(options, words, parcel)


def message_id(options: EmailOptions, words: Words, parcel: Parcel) -> str:
    """Stable for a delivery, so that a mail program shows a second copy as the same mail."""
    domain = options.from_address.rpartition("@")[2]
    return f"<{words.message_id}.{parcel.delivery_id}@{domain}>"


def unsubscribe_headers(options: EmailOptions, words: Words, parcel: Parcel) -> dict[str, str]:
    """RFC 8058, for everyday news alone: a mail program must not silence a warning by itself."""
    everyday = words.severity <= EVERYDAY and not words.asks_safety
    if not (options.unsubscribe_suffix and parcel.link and everyday):
        return {}
    link = parcel.link + options.unsubscribe_suffix
    headers = {"List-Unsubscribe": f"<{link}>"}
    if link.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def html_of(words: Words, link: str) -> str:
    button = "無事かどうかを答える" if words.asks_safety else "読みました"
    content = {
        "words": words,
        "link": link,
        "invitation": invitation(words),
        "button": button,
    }
    return str(ENGINE.get_template("message.html").render(Context(content)))
