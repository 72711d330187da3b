"""Why a backup or a restore is refused. Every text is Japanese and says what to do."""


class BackupError(Exception):
    """Base of every refusal."""


class WrongPassphrase(BackupError):
    """The file was sealed with another passphrase."""


class BackupDamaged(BackupError):
    """A byte was changed, or the end is missing."""


class NotABackup(BackupError):
    """The file is something else, or of a format this release does not know."""


class NewerRelease(BackupError):
    """The backup holds tables that this release does not know yet."""


class TargetNotEmpty(BackupError):
    """There is a town in the place where the backup would go."""
