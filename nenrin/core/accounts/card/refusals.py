"""What may go wrong on the way to the card and back, in words that say what to do."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Words:
    """A heading, what to do, and the status of the page that says it."""

    title: str
    advice: str
    status: int


TWICE = "もう一度「マイナンバーカードで確かめる」を押してください。"
DESK = "続くときは、役場に電話してください。"


class Trouble(Enum):
    """Every end but the good one."""

    OFF = Words(
        "この町では、まだカードを使えません",
        "カードを使わずに進むか、窓口か電話で手続きしてください。",
        404,
    )
    DOWN = Words(
        "カードを確かめる国のサービスに、いまつながりません",
        "しばらく待って、もう一度試してください。急ぐときは、窓口か電話でも手続きできます。",
        503,
    )
    CANCELLED = Words("カードの確認をやめました", f"続けるときは、{TWICE}", 200)
    LOST = Words(
        "カードの確認が、途中で切れました",
        "10分を過ぎたか、別の画面で始めたものか、もう使ったものです。"
        f"はじめたときと同じブラウザで、{TWICE}",
        400,
    )
    USED = Words("この確認は、もう使われたか、時間が過ぎました", TWICE, 400)
    DOUBTFUL = Words(
        "カードの確認の返事が、本物と確かめられませんでした",
        f"念のため、受け取りませんでした。{TWICE}{DESK}",
        400,
    )
    TOO_OLD = Words(
        "カードの確認から時間がたっています", f"いまカードをかざし直してください。{TWICE}", 400
    )
    INCOMPLETE = Words(
        "カードから、お名前・住所・生年月日を受け取れませんでした",
        f"アプリの画面で、わたすことに同意してください。{TWICE}",
        400,
    )
    OTHER_PERSON = Words(
        "いまサインインしている方と、カードの方がちがいます",
        "ご自分のカードで確かめるか、いちどサインアウトしてから始めてください。",
        409,
    )
    STAFF = Words(
        "職員のサインインには、カードは使えません",
        "職員は、メールアドレスとパスワードかパスキーでサインインしてください。",
        403,
    )


class CardTrouble(Exception):
    """The card could not be confirmed. ``cause`` is for the log: never anything personal."""

    def __init__(self, trouble: Trouble, cause: str = "") -> None:
        self.trouble = trouble
        self.cause = cause
        super().__init__(trouble.value.title)
