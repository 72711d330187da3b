"""Why a draft cannot go on."""


class DraftRefused(Exception):
    """The act is not possible now; the text says what to do, in Japanese."""
