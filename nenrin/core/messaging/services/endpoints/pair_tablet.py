"""Pair a household's tablet: a one-time code from staff, then a token that only the tablet has."""

import hashlib
import secrets

from django.core import signing
from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.models import Endpoint
from nenrin.core.people.models import Household
from nenrin.core.tenancy.scope import current_town_code

SALT = "nenrin.tablet.pairing"
VALID_SECONDS = 15 * 60


class PairingRefused(Exception):
    """The code cannot be used; the text says why, in Japanese."""


def pairing_code(household: Household) -> str:
    """A code for one tablet of this household, valid for fifteen minutes."""
    content = [current_town_code(), household.pk, secrets.token_urlsafe(9)]
    return signing.dumps(content, salt=SALT, compress=True)


@transaction.atomic
def pair_tablet(*, code: str) -> str:
    """Make the tablet's endpoint; returns its token, which is kept nowhere else.

    Raises PairingRefused for a code that is old, used, made up, or another town's.
    """
    try:
        town, household_id, nonce = signing.loads(code, salt=SALT, max_age=VALID_SECONDS)
    except signing.SignatureExpired as error:
        raise PairingRefused(
            "このQRコードは古くなりました。職員に出し直してもらってください。"
        ) from error
    except (signing.BadSignature, ValueError) as error:
        raise PairingRefused("このQRコードは使えません。もう一度読みとってください。") from error
    household = Household.objects.select_for_update().filter(pk=household_id, left_on=None).first()
    if town != current_town_code() or household is None:
        raise PairingRefused("このQRコードは使えません。職員に出し直してもらってください。")
    if Endpoint.objects.filter(kind="tablet", address=nonce).exists():
        raise PairingRefused("このQRコードはもう使われました。職員に出し直してもらってください。")
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    endpoint = Endpoint.objects.create(
        household=household,
        kind="tablet",
        address=nonce,
        keys={"token_hash": hashlib.sha256(token.encode()).hexdigest()},
        verified_at=now,
        consented_at=now,
    )
    record_act(actor="tablet", action="messaging.pair_tablet", subject=f"endpoint:{endpoint.pk}")
    return token
