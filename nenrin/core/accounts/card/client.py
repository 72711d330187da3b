"""The authorization code flow: there with state, nonce and PKCE, back with a checked ID token.

The protocol and the checks of the token are Authlib's; what is added is where the answers of a
service we do not trust end up. Both halves speak to the network, so neither runs in a transaction.
"""

import time
from datetime import UTC, datetime
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import (
    BadSignatureError,
    ClaimError,
    ExpiredTokenError,
    InvalidKeyIdError,
    JoseError,
)

from .errand import Errand
from .facts import CardFacts, read_facts
from .keys import ALGORITHM, client_key
from .offer import client_of
from .provider import PATIENCE, Provider
from .refusals import CardTrouble, Trouble

SCOPES = "openid name address birthdate gender"
# 認証アシュアランスレベル3: the card and its PIN.
ASSURANCE = "aal3"
CLOCKS_DIFFER, ASSERTION_SECONDS, FRESH_SECONDS = 60, 120, 600


def address_for(provider: Provider, errand: Errand) -> str:
    """Where the browser is sent."""
    session = _session(errand)
    address, _ = session.create_authorization_url(
        provider.authorization_endpoint,
        state=errand.state,
        nonce=errand.nonce,
        code_verifier=errand.verifier,
        acr_values=ASSURANCE,
    )
    return str(address)


def fetch_facts(provider: Provider, errand: Errand, code: str) -> CardFacts:
    """Exchange the code and read the card. Raises CardTrouble."""
    session = _session(errand)
    method = PrivateKeyJWT(
        provider.token_endpoint,
        claims={"exp": int(time.time()) + ASSERTION_SECONDS},
        headers={"kid": client_key().thumbprint()},
        alg=ALGORITHM,
    )
    session.register_client_auth_method(method)
    token = _token(session, provider, errand, code)
    claims = _checked(provider, errand, token)
    said = _userinfo(session, provider)
    if said.get("sub") != claims["sub"]:
        raise CardTrouble(Trouble.DOUBTFUL, "userinfo of another subject")
    return read_facts(said, issuer=provider.issuer, subject=str(claims["sub"]), at=_time_of(claims))


def _session(errand: Errand) -> Any:
    return OAuth2Session(
        client_of(errand.town),
        client_key(),
        token_endpoint_auth_method=PrivateKeyJWT.name,
        scope=SCOPES,
        redirect_uri=errand.redirect_uri,
        code_challenge_method="S256",
        default_timeout=PATIENCE,
    )


def _token(session: Any, provider: Provider, errand: Errand, code: str) -> dict[str, Any]:
    try:
        return dict(
            session.fetch_token(
                provider.token_endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=errand.verifier,
                allow_redirects=False,
            )
        )
    except OAuthError as error:
        used = error.error == "invalid_grant"
        raise CardTrouble(Trouble.USED if used else Trouble.DOUBTFUL, str(error.error)) from error
    except (requests.RequestException, ValueError) as error:
        raise CardTrouble(Trouble.DOWN, type(error).__name__) from error


def _checked(provider: Provider, errand: Errand, token: dict[str, Any]) -> dict[str, Any]:
    """The ID token's claims: signature, issuer, audience, expiry, nonce, azp, at_hash and acr."""
    client = client_of(errand.town)
    try:
        found = _decoded(provider, str(token.get("id_token", "")))
        claims = CodeIDToken(
            found.claims,
            found.header,
            options={
                "iss": {"essential": True, "value": provider.issuer},
                "aud": {"essential": True, "value": client},
                # May be missing (docs/operate/card.md), never another.
                "acr": {"value": ASSURANCE},
            },
            params={
                "nonce": errand.nonce,
                "client_id": client,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(leeway=CLOCKS_DIFFER)
    except ExpiredTokenError as error:
        raise CardTrouble(Trouble.TOO_OLD, "expired") from error
    except ClaimError as error:
        raise CardTrouble(Trouble.DOUBTFUL, f"claim {error.claim}") from error
    except (JoseError, ValueError) as error:
        raise CardTrouble(Trouble.DOUBTFUL, type(error).__name__) from error
    return dict(claims)


def _decoded(provider: Provider, id_token: str) -> jwt.Token:
    try:
        return jwt.decode(id_token, provider.signing_keys(), algorithms=[ALGORITHM])
    except (BadSignatureError, InvalidKeyIdError, ValueError):
        # The service may have changed its key since we asked.
        return jwt.decode(id_token, provider.signing_keys(fresh=True), algorithms=[ALGORITHM])


def _userinfo(session: Any, provider: Provider) -> dict[str, Any]:
    try:
        answer = session.get(provider.userinfo_endpoint, allow_redirects=False)
        found = answer.json() if answer.status_code == requests.codes.ok else None
    except (OAuthError, requests.RequestException, ValueError) as error:
        raise CardTrouble(Trouble.DOWN, type(error).__name__) from error
    if not isinstance(found, dict):
        raise CardTrouble(Trouble.DOWN, f"userinfo status {answer.status_code}")
    return found


def _time_of(claims: dict[str, Any]) -> datetime:
    """When the card was held: never later than now, and not long ago."""
    now = time.time()
    held = min(float(claims.get("auth_time") or claims["iat"]), now)
    if now - held > FRESH_SECONDS:
        raise CardTrouble(Trouble.TOO_OLD, "auth_time")
    return datetime.fromtimestamp(held, UTC)
