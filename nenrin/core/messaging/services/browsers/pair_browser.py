"""A code with which staff let one browser of a household receive messages without a sign-in."""

import secrets

from django.core import signing

from nenrin.core.people.models import Household
from nenrin.core.tenancy.scope import current_town_code

from .subscribe_push import Claimant, SubscriptionRefused

SALT = "nenrin.browser.pairing"
VALID_SECONDS = 60 * 60
OLD = "このQRコードは古くなりました。役場で出し直してもらってください。"
BAD = "このQRコードは使えません。役場で出し直してもらってください。"


def browser_code(household: Household) -> str:
    """A code for one browser of this household, valid for an hour."""
    content = [current_town_code(), household.pk, secrets.token_urlsafe(9)]
    return signing.dumps(content, salt=SALT, compress=True)


def claimant_of_code(code: str) -> Claimant:
    """The household of a code. Raises SubscriptionRefused."""
    try:
        town, household_id, nonce = signing.loads(code, salt=SALT, max_age=VALID_SECONDS)
    except signing.SignatureExpired as error:
        raise SubscriptionRefused(OLD) from error
    except (signing.BadSignature, ValueError) as error:
        raise SubscriptionRefused(BAD) from error
    household = Household.objects.filter(pk=household_id, left_on=None).first()
    if town != current_town_code() or household is None:
        raise SubscriptionRefused(BAD)
    return Claimant(household, f"code:{nonce}", most=1)
