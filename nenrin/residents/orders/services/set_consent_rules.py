"""Decide for the town which messages need a second person."""

from collections.abc import Mapping

from django.db import transaction

from nenrin.core.accounts.models import User
from nenrin.core.audit.services.record_act import record_act

from ..levels import Kind
from ..models import ConsentRule
from ..refusals import DraftRefused

NEVER = 9
"""A severity that no message has: this kind needs nobody else."""


@transaction.atomic
def set_consent_rules(*, rules: Mapping[str, int], acting_user: User) -> None:
    """Keep from which severity each kind needs consent; NEVER for not at all.

    Raises DraftRefused for an order without: the law's orders always take two.
    """
    if rules.get(Kind.ORDER, 0) > 0:
        raise DraftRefused("避難情報の同意は外せません。急ぐときは、一人で送る手順を使います。")
    for kind, severity in rules.items():
        ConsentRule.objects.update_or_create(
            kind=Kind(kind).value, defaults={"from_severity": severity}
        )
    record_act(
        actor=str(acting_user), action="orders.consent_rules", subject="town", detail=dict(rules)
    )
