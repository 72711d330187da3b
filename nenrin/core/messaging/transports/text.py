"""The town's words as plain text, for mail, LINE, SMS and voice: one source, the same words.

What to do first comes first: the heading, the question if there is one, the words, the link.
"""

from collections.abc import Callable

from .contract import Parcel, Words

SENTENCE_ENDS = "。!?!?\n"
CUT_MARK = "…"
DRILL_SPOKEN = "これは訓練です。"

Measure = Callable[[str], int]


def utf16_length(text: str) -> int:
    """Length as phones and LINE count it: an emoji counts as two."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def utf8_length(text: str) -> int:
    return len(text.encode())


def shorten(text: str, limit: int, measure: Measure = utf16_length) -> str:
    """Return the text if it fits, else its beginning up to a sentence's end, marked with …"""
    if measure(text) <= limit:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle] + CUT_MARK) <= limit:
            low = middle
        else:
            high = middle - 1
    return _at_sentence_end(text[:low]) + CUT_MARK if low else ""


def _at_sentence_end(text: str) -> str:
    """Cut back to the last sentence's end, unless that would lose more than half."""
    end = max(text.rfind(mark) for mark in SENTENCE_ENDS)
    return text[: end + 1].rstrip() if end >= len(text) // 2 else text


def public_link(words: Words, parcel: Parcel) -> str:
    """The page anyone may open: the personal link with the message's id in the token's place."""
    return f"{parcel.link.rsplit('/', 1)[0]}/{words.message_id}" if parcel.link else ""


def invitation(words: Words) -> str:
    """What the link is for; it stands on the line above the link."""
    if words.asks_safety:
        return "無事かどうかを、ここから教えてください。"
    return "読んだら、ここを開いてください。町に「届いた」と伝わります。"


def plain_text(words: Words, link: str, *, personal: bool = True) -> str:
    """The whole message as text. Without a personal link nobody is asked to confirm."""
    invited = f"{invitation(words) if personal else 'くわしくは、ここを見てください。'}\n{link}"
    first, last = (invited, "") if words.asks_safety else ("", invited)
    easy = f"【やさしい日本語】\n{words.easy_body}" if words.easy_body else ""
    parts = [words.heading, first if link else "", words.body, easy]
    parts += [last if link else "", words.town_name]
    return "\n\n".join(part.strip() for part in parts if part.strip())


def fitted_text(words: Words, link: str, limit: int, *, personal: bool = True) -> str:
    """`plain_text` where it fits, else the short form whose link is never cut."""
    whole = plain_text(words, link, personal=personal)
    return whole if utf16_length(whole) <= limit else short_text(words, link, limit)


def short_text(words: Words, link: str, limit: int) -> str:
    """Heading, as much of the words as fits, and the link whole: for SMS."""
    room = limit - utf16_length(link) - 2
    heading = shorten(words.heading, room)
    body = shorten(words.body, room - utf16_length(heading))
    return "\n".join(part for part in (heading, body, link) if part)


def spoken_text(words: Words, times: int = 1) -> str:
    """What a voice says: who speaks, that it is a drill, and the reading text."""
    said = (words.reading or f"{words.heading}。{words.body}").strip()
    if words.is_drill and "訓練" not in said:
        said = DRILL_SPOKEN + said
    opening = f"{words.town_name}からのお知らせです。"
    return opening + "くり返します。".join([said] * max(times, 1))
