"""Audit wording of bookings."""

from nenrin.core.audit.wording import register_wordings

register_wordings(
    {
        "bookings.book": "予約をとった",
        "bookings.move": "予約の時間を変えた",
        "bookings.cancel": "予約を取り消した",
        "bookings.mark": "予約の人が来たかを書いた",
        "bookings.pattern": "予約できる時間を決めた",
        "bookings.close": "予約の休みを決めた",
    }
)
