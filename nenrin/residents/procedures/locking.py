"""Locking an application whose answers may be changed."""

from nenrin.engines.casework.models import CaseState

from .models import Application


class ApplicationRefused(Exception):
    """That cannot be done with the application now; the text says what to do, in Japanese."""


def locked_application(application: Application) -> Application:
    """The application, locked, while its answers are open. Raises ApplicationRefused."""
    found = lock(application)
    if found.case is not None and found.case.state != CaseState.ASKED:
        raise ApplicationRefused(
            "この申請はもう送られています。直すことがあれば、メッセージで役場に知らせてください。"
        )
    return found


def lock(application: Application) -> Application:
    """The application, locked until the transaction ends."""
    rows = Application.objects.select_related("case__section", "version", "household", "person")
    return rows.select_for_update(of=["self"], no_key=True).get(pk=application.pk)
