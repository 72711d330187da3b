"""The link by which a signer comes: made anew from the row, so that no code is stored."""

from django.core import signing
from django.urls import reverse
from django.utils import timezone

from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import current_town_code
from nenrin.core.tenancy.selectors import town_address

from ..models import Signature

SALT = "procedures.signature"
VALID_DAYS = 30


def code_of(signature: Signature) -> str:
    """What stands in the address; a new round closes the links before."""
    return signing.Signer(salt=SALT, sep="~").sign(f"{signature.pk}.{signature.link_round}")


def link_of(signature: Signature) -> str:
    """The whole address."""
    town = Town.objects.get(pk=current_town_code())
    return f"{town_address(town)}{reverse('sign', args=[code_of(signature)])}"


def signature_of(code: str) -> Signature | None:
    """The signature of a code, of an invitation that is neither renewed nor too old."""
    try:
        plain = signing.Signer(salt=SALT, sep="~").unsign(code)
    except signing.BadSignature:
        return None
    pk, _, link_round = plain.partition(".")
    rows = Signature.objects.select_related("application__version", "application__person")
    found = rows.filter(pk=pk, link_round=link_round).first()
    if found is None or (timezone.now() - found.invited_at).days >= VALID_DAYS:
        return None
    return found
