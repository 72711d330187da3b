"""Drafts that nobody goes on with: their owner is told, and a week later they are erased."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from nenrin.engines.casework.models import Case, CaseState

from ...locking import lock
from ...models import Application, ApplicationNotice
from ...telling import tell
from ..withdraw_application import throw_away

KEPT = timedelta(days=60)
TOLD_BEFORE = timedelta(days=7)
REMIND_BEFORE = timedelta(days=7)


def _drafts() -> QuerySet[Application]:
    """Drafts whose time counts; what a case waits for has a day of its own."""
    waited_for = Q(follows__case__state=CaseState.NEXT)
    return Application.objects.filter(case=None).exclude(waited_for)


def tell_of_endings(*, acting_user: str) -> int:
    """Tell the owners of drafts that will soon be erased; returns how many."""
    before = timezone.now() - (KEPT - TOLD_BEFORE)
    untold = Q(warned_at=None) | Q(warned_at__lt=F("changed_at"))
    told = 0
    for draft in _drafts().filter(untold, changed_at__lt=before):
        told += _tell_of_ending(draft, acting_user)
    return told


@transaction.atomic
def _tell_of_ending(draft: Application, acting_user: str) -> bool:
    found = lock(draft)
    if found.case_id or found.changed_at != draft.changed_at:
        return False
    now = timezone.now()
    day = timezone.localdate(now + TOLD_BEFORE)
    places = {"day": f"{day:%-m月%-d日}"}
    tell(application=found, turn="ends", acting_user=acting_user, places=places)
    # Not saved as a change of the draft: its time goes on.
    Application.objects.filter(pk=found.pk).update(warned_at=now)
    return True


def erase_old_drafts(*, acting_user: str) -> int:
    """Erase those whose owner was told long enough ago and did not come; returns how many."""
    now = timezone.now()
    over = _drafts().filter(
        changed_at__lt=now - KEPT, warned_at__gt=F("changed_at"), warned_at__lt=now - TOLD_BEFORE
    )
    erased = 0
    for draft in over:
        with transaction.atomic():
            found = lock(draft)
            if found.case_id is None and found.changed_at == draft.changed_at:
                throw_away(application=found, acting_user=acting_user)
                erased += 1
    return erased


def remind_of_next(*, acting_user: str) -> int:
    """Remind once, a week before, of the next paper of a case; returns how many."""
    soon = timezone.localdate() + REMIND_BEFORE
    reminded = 0
    for case in Case.objects.filter(state=CaseState.NEXT, due__lte=soon):
        last = Application.objects.filter(case=case).order_by("-stage").first()
        if (
            last is None
            or ApplicationNotice.objects.filter(application=last, turn="remind").exists()
        ):
            continue
        with transaction.atomic():
            tell(application=lock(last), turn="remind", acting_user=acting_user)
            reminded += 1
    return reminded
