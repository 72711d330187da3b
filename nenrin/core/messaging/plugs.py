"""The transports of the river, each listed once (STYLE 2), and the doctor's look at it."""

from nenrin.core.audit.wording import register_wordings
from nenrin.core.messaging.operations.doctor import RIVER_CHECKS
from nenrin.core.messaging.operations.ephemeral import EPHEMERAL_TABLES, REASON
from nenrin.core.messaging.operations.gauges import RIVER_GAUGES
from nenrin.core.operations.doctor.contract import checks
from nenrin.core.operations.ephemeral import EphemeralTable, ephemeral_tables
from nenrin.core.operations.metrics import gauges

from .transports.banner.transport import BannerTransport
from .transports.contract import transports
from .transports.email.transport import EmailTransport
from .transports.feed.transport import FeedTransport
from .transports.line.transport import LineTransport
from .transports.paper.transport import PaperTransport
from .transports.sms.transport import SmsTransport
from .transports.tablet.transport import TabletTransport
from .transports.voice.transport import VoiceTransport
from .transports.webpush.transport import WebPushTransport

transports.register(WebPushTransport())
transports.register(TabletTransport())
transports.register(LineTransport())
transports.register(EmailTransport())
transports.register(SmsTransport())
transports.register(VoiceTransport())
transports.register(PaperTransport())
transports.register(FeedTransport())
transports.register(BannerTransport())

register_wordings(
    {
        "messaging.release": "知らせを出した",
        "messaging.pair_tablet": "タブレットを登録した",
        "messaging.add_endpoint": "届く先を加えた",
        "messaging.retire_endpoint": "届く先をやめた",
        "messaging.send_test": "届くかどうかを確かめた",
        "messaging.edit_ladder": "送り方を変えた",
        "messaging.set_preferences": "静かにする時刻と話題を決めた",
        "messaging.mark_household": "世帯を手で記録した",
        "messaging.take_back_mark": "手の記録を取り消した",
        "messaging.start_visits": "訪問を始めた",
        "messaging.issue_visit_link": "訪問リストのリンクを出した",
        "messaging.revoke_visit_link": "訪問リストのリンクを止めた",
        "messaging.open_visit_link": "訪問リストを開いた",
        "messaging.subscribe_push": "端末の通知を始めた",
        "messaging.renew_push": "端末の通知の登録が新しくなった",
        "messaging.unsubscribe_push": "端末の通知をやめた",
        "messaging.show_browser_code": "通知を始めるQRコードを見せた",
    }
)
for check in RIVER_CHECKS:
    checks.register(check)
for gauge in RIVER_GAUGES:
    gauges.register(gauge)
for table in EPHEMERAL_TABLES:
    ephemeral_tables.register(EphemeralTable(table, REASON))
