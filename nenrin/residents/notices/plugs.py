"""Where notices show themselves."""

from django.http import HttpRequest

from nenrin.core.audit.wording import register_wordings
from nenrin.core.files.access import FileAccess, file_access
from nenrin.core.files.models import StoredFile
from nenrin.core.search.kinds import SearchKind, search_kinds
from nenrin.core.ui.menu import MenuEntry, menu

from .models import Document, DocumentPage
from .selectors import unread_count


def _unread(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return unread_count(user.pk) if user and user.is_authenticated else 0


def _is_public(request: HttpRequest, stored: StoredFile) -> bool:
    """Files of a released notice are for everyone."""
    released = {"message__released_at__isnull": False}
    document = {f"notice__{name}": value for name, value in released.items()}
    page = {f"document__notice__{name}": value for name, value in released.items()}
    return (
        Document.objects.filter(file=stored, **document).exists()
        or DocumentPage.objects.filter(picture=stored, **page).exists()
    )


file_access.register(FileAccess("notices", _is_public))
search_kinds.register(SearchKind("message", "知らせ"))
register_wordings({"notices.publish": "お知らせを出した"})
menu.register(
    MenuEntry(
        "notices",
        "resident",
        "news",
        "町からの知らせ",
        "notices",
        10,
        "お知らせ・広報・配布物・回覧板",
        badge=_unread,
    )
)
menu.register(
    MenuEntry("search", "resident", "news", "さがす", "search", 80, "言葉で知らせをさがす")
)
menu.register(
    MenuEntry("notices-desk", "staff", "services", "お知らせ・広報・回覧板", "staff_notices", 10)
)
menu.register(MenuEntry("search-desk", "staff", "now", "さがす", "staff_search", 90))
