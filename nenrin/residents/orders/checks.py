"""How the words fit each channel, told while they are typed: pure, no database.

The measures are the transports' own, so what is said here is what happens when it is sent.
"""

from collections.abc import Callable
from dataclasses import dataclass

from nenrin.core.messaging.transports.contract import Parcel, Words
from nenrin.core.messaging.transports.line.transport import LONGEST_TEXT
from nenrin.core.messaging.transports.sms.transport import LONGEST_SMS
from nenrin.core.messaging.transports.text import (
    fitted_text,
    plain_text,
    short_text,
    spoken_text,
    utf16_length,
)
from nenrin.core.messaging.transports.webpush.encryption import LARGEST_PLAINTEXT
from nenrin.core.messaging.transports.webpush.payload import PayloadWriter

ONE_SMS, NEXT_SMS = 70, 67
LONG_SUBJECT = 40
TABLET_TITLE, TABLET_BODY = 30, 160
KANA_PER_SECOND = 7
LONG_SPEECH = 60


@dataclass(frozen=True, slots=True)
class Check:
    """One channel: its measure in words, whether it fits, and what to do where it does not."""

    key: str
    label: str
    measure: str
    advice: str = ""

    @property
    def fits(self) -> bool:
        """Nothing to do."""
        return not self.advice


def channel_checks(words: Words, parcel: Parcel) -> list[Check]:
    """Every channel's check; ``parcel`` is one with links as long as the real ones."""
    checks: tuple[Callable[[Words, Parcel], Check], ...] = (
        _push, _tablet, _line, _mail, _sms, _speech,
    )  # fmt: skip
    return [check(words, parcel) for check in checks]


def _push(words: Words, parcel: Parcel) -> Check:
    cut = len(PayloadWriter(words).write(parcel, limit=10**7))
    advice = ""
    if cut > LARGEST_PLAINTEXT:
        over = (cut - LARGEST_PLAINTEXT) // 3 + 1
        advice = f"通知では終わりが切れます。本文を約{over}字短くしてください。"
    return Check("webpush", "スマホ通知", f"{cut} / {LARGEST_PLAINTEXT} バイト", advice)


def _tablet(words: Words, parcel: Parcel) -> Check:
    title, body = len(words.heading), len(words.body)
    advice = ""
    if title > TABLET_TITLE:
        advice = f"題名が長く、遠くから読めません。{TABLET_TITLE}字までにしてください。"
    elif body > TABLET_BODY:
        advice = f"1画面に入りません。{TABLET_BODY}字までなら動かさずに読めます。"
    return Check("tablet", "タブレット", f"題名{title}字・本文{body}字", advice)


def _line(words: Words, parcel: Parcel) -> Check:
    length = utf16_length(plain_text(words, parcel.link, personal=False))
    advice = ""
    if length > LONGEST_TEXT:
        advice = f"LINEの{LONGEST_TEXT}字をこえます。{length - LONGEST_TEXT}字短くしてください。"
    return Check("line", "LINE", f"{length} / {LONGEST_TEXT} 字", advice)


def _mail(words: Words, parcel: Parcel) -> Check:
    length = len(words.heading)
    advice = ""
    if length > LONG_SUBJECT:
        advice = f"件名の終わりが見えないことがあります。{LONG_SUBJECT}字までにしてください。"
    return Check("email", "メールの件名", f"{length} / {LONG_SUBJECT} 字", advice)


def sms_parts(length: int) -> int:
    """How many messages a text of this length is: 70 characters in one, 67 in each of more."""
    return 1 if length <= ONE_SMS else -(-length // NEXT_SMS)


def _sms(words: Words, parcel: Parcel) -> Check:
    whole = utf16_length(short_text(words, parcel.link, 10**6))
    sent = utf16_length(short_text(words, parcel.link, LONGEST_SMS))
    advice = ""
    if whole > LONGEST_SMS:
        over = whole - LONGEST_SMS
        advice = f"{LONGEST_SMS}字をこえた分は切れます。{over}字短くしてください。"
    measure = f"{whole}字（{sms_parts(sent)}通分）"
    return Check("sms", "ショートメッセージ", measure, advice)


def speech_seconds(words: Words) -> int:
    """How long a voice speaks, once."""
    return -(-len(spoken_text(words)) // KANA_PER_SECOND)


def _speech(words: Words, parcel: Parcel) -> Check:
    seconds = speech_seconds(words)
    advice = ""
    if seconds > LONG_SPEECH:
        advice = f"電話と読み上げには長すぎます。{LONG_SPEECH}秒までにしてください。"
    return Check("voice", "読み上げ・電話", f"約{seconds}秒", advice)


def line_text(words: Words, link: str) -> str:
    """The text as LINE shows it."""
    return fitted_text(words, link, LONGEST_TEXT, personal=False)
