"""What can be wrong with a file."""


class FileRefused(ValueError):
    """The file is not taken; the message is Japanese, says what to do, and may be shown."""


class FileMissing(LookupError):
    """The bytes are not in the store: erased when their time was over, or lost."""
