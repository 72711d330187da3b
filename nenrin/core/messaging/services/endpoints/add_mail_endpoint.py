"""Let a resident's verified mailbox receive the town's messages."""

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.messaging.models import Endpoint
from nenrin.core.people.models import Person


class EndpointRefused(Exception):
    """The address cannot be added; the text says what to do, in Japanese."""


@transaction.atomic
def add_mail_endpoint(*, person: Person, verified_email: str, acting_user: str) -> Endpoint:
    """Add the mailbox with which the person signs in; one that is there is returned as it is.

    Raises EndpointRefused without a proven address, or for someone who lives in no household.
    """
    if not verified_email:
        raise EndpointRefused("メールアドレスが確かめられていません。窓口でたずねてください。")
    if person.household is None:
        raise EndpointRefused("町に住むかたの端末だけを登録できます。")
    now = timezone.now()
    endpoint, is_new = Endpoint.objects.get_or_create(
        household=person.household,
        kind="email",
        address=verified_email,
        retired_at=None,
        defaults={"person": person, "verified_at": now, "consented_at": now},
    )
    if is_new:
        record_act(
            actor=acting_user,
            action="messaging.add_endpoint",
            subject=f"endpoint:{endpoint.pk}",
            detail={"kind": "email"},
        )
    return endpoint
