"""What the browser carries while its holder is away at the card service.

A signed cookie, for this browser alone: the return is taken only where it is still there, so a
return address that someone else began opens nothing. It holds no secret from its own holder.
"""

import secrets
from dataclasses import asdict, dataclass

from authlib.common.security import generate_token
from django.core import signing
from django.http import HttpRequest, HttpResponse

from .refusals import CardTrouble, Trouble

COOKIE, SALT = "nenrin_card", "nenrin.card.errand"
START, RETURN, FOLDER = "/card/start", "/card/return", "/card/"
SECONDS = 600


@dataclass(frozen=True)
class Errand:
    """``following`` is where to go afterwards; ``user`` who was signed in at the start."""

    town: str
    redirect_uri: str
    following: str
    user: int | None
    state: str
    nonce: str
    verifier: str


def new_errand(*, town: str, redirect_uri: str, following: str, user: int | None) -> Errand:
    """An errand with secrets of its own."""
    return Errand(
        town=town,
        redirect_uri=redirect_uri,
        following=following,
        user=user,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=generate_token(64),
    )


def give(response: HttpResponse, errand: Errand, *, secure: bool) -> None:
    """Let the browser carry it."""
    response.set_cookie(
        COOKIE,
        signing.dumps(asdict(errand), salt=SALT, compress=True),
        max_age=SECONDS,
        path=FOLDER,
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def take_away(response: HttpResponse) -> None:
    """One errand, one return."""
    response.delete_cookie(COOKIE, path=FOLDER, samesite="Lax")


def carried(request: HttpRequest) -> Errand:
    """The errand this browser is on. Raises CardTrouble where it is on none, or for too long."""
    try:
        return Errand(**signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS))
    except (signing.BadSignature, TypeError) as error:
        raise CardTrouble(Trouble.LOST, "no errand") from error
