"""A made-up resident who can sign in, and a child living elsewhere who watches over them."""

from allauth.account.models import EmailAddress
from django.db import transaction

from nenrin.core.accounts.models import User
from nenrin.core.people.models import Person, Relation

RESIDENT, FAMILY = "machi@kaneyama.invalid", "kazoku@kaneyama.invalid"


@transaction.atomic
def load_demo_residents() -> None:
    """Give sign-ins to the first pair of a watched resident and the family member."""
    tie = (
        Relation.objects.filter(kind=Relation.Kind.WATCHES_OVER, receiver__household__isnull=False)
        .select_related("giver", "receiver")
        .order_by("receiver__number")
        .first()
    )
    if tie is not None:
        _sign_in(tie.receiver, RESIDENT)
        _sign_in(tie.giver, FAMILY)


def _sign_in(person: Person, email: str) -> None:
    user = User.objects.create_user(email, name=str(person))
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    Person.objects.filter(pk=person.pk).update(user=user)
