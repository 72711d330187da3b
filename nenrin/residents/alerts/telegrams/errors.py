"""What can be wrong with a file that claims to be a telegram."""


class TelegramError(Exception):
    """Base of every refusal; its text says what is wrong and what to do."""


class TelegramTooLarge(TelegramError):
    """More bytes or deeper nesting than any telegram has."""


class TelegramMalformed(TelegramError):
    """Not well-formed XML, or a required part is missing or unreadable."""


class NotATelegram(TelegramError):
    """Well-formed XML of some other kind."""


class CannotReaddress(TelegramError):
    """The telegram names no place that could become the town."""
