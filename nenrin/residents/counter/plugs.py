"""Where the counter shows itself."""

from django.http import HttpRequest
from django.utils import timezone

from nenrin.core.audit.wording import register_wordings
from nenrin.core.search.kinds import SearchKind, search_kinds
from nenrin.core.ui.cards import Card, Context, cards
from nenrin.core.ui.menu import MenuEntry, menu

from .selectors.queue import waiting_today
from .services.let_be_found import SEARCH_KIND


def _waiting(request: HttpRequest) -> int:
    return waiting_today(timezone.localdate()).count()


def _desk(request: HttpRequest, known: Context) -> Context | None:
    waiting = waiting_today(timezone.localdate())
    oldest = waiting.order_by("taken_at").first()
    return {"waiting": waiting.count(), "oldest": oldest} if oldest else None


search_kinds.register(SearchKind(SEARCH_KIND, "窓口の案内"))
register_wordings(
    {
        "counter.preparation_start": "窓口の質問を始めた",
        "counter.preparation_receive": "準備してきた人を窓口で受けた",
        "counter.preparation_name": "窓口の手続きの人を選んだ",
        "counter.preparation_identify": "窓口で本人を確かめた",
        "counter.preparation_finish": "窓口の手続きを終わった",
        "counter.preparation_erase": "窓口の準備を消した",
        "counter.erase": "期限をすぎた窓口の準備を消した",
        "counter.ticket_call": "番号を呼んだ",
        "counter.ticket_done": "番号を終わりにした",
        "counter.ticket_absent": "番号の人がいなかった",
        "counter.ticket_hand_over": "番号をほかの窓口に渡した",
        "counter.ticket_take": "番号を出した",
        "counter.settings": "窓口の設定を変えた",
        "counter.statistics": "窓口の統計を書き出した",
        "counter.remind": "予約の前の日の知らせを出した",
    }
)
for _entry in (
    MenuEntry(
        "counter", "resident", "procedures", "窓口の案内", "counter", 5,
        "何があったかに答えると、いる手続きと持ちものがわかります",
    ),
    MenuEntry(
        "counter-ticket", "resident", "procedures", "番号をとる・待ち時間", "counter_tickets", 30,
        "家で番号をとって、順番が近くなったら出かけられます",
    ),
    MenuEntry(
        "counter-booking", "resident", "consult", "来庁・相談の予約", "counter_bookings", 5,
        "日時を選んで予約します。個室で話せます",
    ),
    MenuEntry(
        "counter-desk", "staff", "services", "窓口で呼ぶ", "staff_counter", 1, badge=_waiting
    ),
    MenuEntry("counter-people", "staff", "services", "来た人の手続き", "staff_counter_people", 2),
    MenuEntry("counter-bookings", "staff", "services", "来庁の予約", "staff_counter_bookings", 3),
    MenuEntry("counter-figures", "staff", "services", "窓口の統計", "staff_counter_figures", 4),
    MenuEntry("counter-settings", "staff", "settings", "窓口と予約", "staff_counter_settings", 45),
):  # fmt: skip
    menu.register(_entry)
cards.register(Card("counter", "staff_home", 15, "counter_desk/_home_card.html", _desk))
