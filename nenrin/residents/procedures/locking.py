"""Locking an application whose answers may be changed."""

from nenrin.engines.casework.models import CaseState

from .models import Application

# Long texts of a version: what it asks is remembered by its digest.
UNREAD = ("version__content", "version__report", "version__changes")


class ApplicationRefused(Exception):
    """That cannot be done with the application now; the text says what to do, in Japanese."""


def is_open(application: Application) -> bool:
    """Whether its answers may be changed: a draft, or something to be mended."""
    return application.case is None or application.case.state == CaseState.ASKED


def locked_application(application: Application) -> Application:
    """The application, locked, while its answers are open. Raises ApplicationRefused."""
    found = lock(application)
    if not is_open(found):
        raise ApplicationRefused(
            "この申請はもう送られています。直すことがあれば、メッセージで役場に知らせてください。"
        )
    return found


def lock_sent(application: Application) -> Application:
    """The application, locked, once it has a case. Raises ApplicationRefused for a draft."""
    found = lock(application)
    if found.is_draft:
        raise ApplicationRefused("まだ送られていない申請です。")
    return found


def lock(application: Application) -> Application:
    """The application, locked until the transaction ends.

    Locked first and read afterwards: a row that was waited for comes with the joined rows of
    before the wait.
    """
    Application.objects.select_for_update(no_key=True).only("pk").get(pk=application.pk)
    rows = Application.objects.select_related(
        "case__section",
        "version",
        "household",
        "person",
        "card",
        "follows__case",
        "follows__version",
    )
    return rows.defer(*UNREAD).get(pk=application.pk)
