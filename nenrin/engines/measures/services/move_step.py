"""Say how far a step of the plan is."""

from django.db import transaction

from nenrin.core.audit.services.record_act import record_act

from ..models import Step


@transaction.atomic
def move_step(*, step: Step, state: str, acting_user: str) -> None:
    """Set a step's state; raises ValueError for a state that is none."""
    if state not in Step.State.values:
        raise ValueError(state)
    step.state = state
    step.save(update_fields=["state"])
    record_act(
        actor=acting_user,
        action="measures.move_step",
        subject=f"step:{step.pk}",
        detail={"state": state},
    )
