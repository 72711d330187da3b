"""Who may open an application and its files: the applicant, and the desk that handles it."""

import hashlib
import hmac
import secrets
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from nenrin.core.files.models import StoredFile
from nenrin.core.organization.models import StaffMember
from nenrin.engines.casework.selectors import handled_by
from nenrin.engines.forms.definition import Definition

from ..locking import UNREAD
from ..models import Application, ApplicationFile, Identity

IN_SESSION = "applications"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, PART = 12, 4
STRENGTH = [*Identity.values]


def new_code() -> str:
    """A code to come back with: about 59 bits, without letters that look alike."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown_code(code: str) -> str:
    """As it is written down: ABCD-EFGH-JKMN."""
    return "-".join(code[at : at + PART] for at in range(0, LENGTH, PART))


def hash_of_code(typed: str) -> str:
    """What is stored of a code, however it was typed."""
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, f"application:{plain}".encode(), hashlib.sha256).hex()


def needs_sign_in(definition: Definition, identity: Identity) -> bool:
    """Whether the visitor has to sign in first; a card is held while the form is filled in."""
    is_unknown = identity in (Identity.NONE, Identity.CONTACT)
    return definition.identity in ("login", "card") and is_unknown


def reaches(identity: str, level: str) -> bool:
    """Whether an identity is enough for a level."""
    return STRENGTH.index(identity) >= STRENGTH.index(level)


def is_sure_enough(definition: Definition, identity: str) -> bool:
    """Whether the desk need not look again at who applies."""
    return identity == Identity.DESK or reaches(identity, definition.identity)


def open_application(request: HttpRequest, pk: UUID) -> Application | None:
    """The one door for applicants: one's own, or one opened here with its code."""
    rows = Application.objects.select_related("version", "case", "person__household", "follows")
    application = rows.defer(*UNREAD).filter(pk=pk).first()
    return application if application and is_mine(request, application) else None


def is_mine(request: HttpRequest, application: Application) -> bool:
    """Whether this visitor started the application, or its case's first, or brought the code."""
    user = request.user
    if user.is_authenticated and application.user_id == user.pk:
        return True
    if str(application.pk) in request.session.get(IN_SESSION, []):
        return True
    return application.follows is not None and is_mine(request, application.follows)


def remember(request: HttpRequest, application: Application) -> None:
    """Let this browser open the application until its session ends."""
    known = request.session.get(IN_SESSION, [])
    request.session[IN_SESSION] = [*known, str(application.pk)][-20:]


def may_handle(member: StaffMember, application: Application) -> bool:
    """Whether the desk of this member of staff sees the application: by its case, or by typing."""
    if application.case_id is None:
        return application.typed_by == member.user.email
    return handled_by(member).filter(pk=application.case_id).exists()


def may_read_file(request: HttpRequest, stored: StoredFile) -> bool:
    """The rule of the purpose ``applications``."""
    found = ApplicationFile.objects.filter(file=stored).select_related("application").first()
    application = found.application if found else None
    if application is None:
        application = Application.objects.filter(case__decision__document=stored).first()
    if application is None:
        return False
    if is_mine(request, application):
        return True
    if not request.user.is_authenticated:
        return False
    members = StaffMember.objects.filter(user_id=request.user.pk, user__is_active=True)
    member = members.select_related("user", "section").first()
    return bool(member and is_mfa_enabled(member.user) and may_handle(member, application))
