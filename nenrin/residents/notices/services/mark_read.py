"""A signed-in person has opened a notice."""

from nenrin.core.accounts.models import User

from ..models import Notice, NoticeRead


def mark_read(*, notice: Notice, user: User) -> None:
    """Note it once, in the caller's transaction."""
    NoticeRead.objects.get_or_create(notice=notice, user=user)
