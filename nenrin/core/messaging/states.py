"""How far a delivery has come. The numbers are the order: a state only ever grows."""

from django.db.models import IntegerChoices


class DeliveryState(IntegerChoices):
    """PLANNED → SENT → DELIVERED → OPENED → CONFIRMED; a late receipt outranks an earlier end."""

    PLANNED = 0, "予定"
    EXPIRED = 1, "期限切れ"
    SUPERSEDED = 2, "新しい知らせに置換"
    FAILED = 3, "届かず"
    SENT = 4, "送信済み"
    DELIVERED = 5, "到達"
    OPENED = 6, "開封"
    CONFIRMED = 7, "確認"


class Severity(IntegerChoices):
    """How urgent a message is, and which ladder it climbs; 0 is everyday news.

    It is the town's own scale. A 警戒レベル stands in the words, where a telegram gave one.
    """

    NOTICE = 0, "お知らせ"
    INFORM = 1, "情報"
    LEVEL_2 = 2, "注意してください"
    LEVEL_3 = 3, "早めに行動してください"
    LEVEL_4 = 4, "今すぐ行動してください"
    LEVEL_5 = 5, "いのちを守ってください"
