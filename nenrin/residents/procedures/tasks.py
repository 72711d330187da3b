"""Jobs of the procedures."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from nenrin.core.jobs.daily import daily
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope

from .models import Signature
from .services.endings.forget_cases import forget_cases
from .services.endings.tend_drafts import erase_old_drafts, remind_of_next, tell_of_endings
from .services.publish_catalog import PUBLISH, publish_catalog
from .signing.services.invite_signer import remind_signer

FIRST_REMINDER = timedelta(days=3)


@app.task(name=PUBLISH, queue="documents")
def publish_shipped(town: str) -> None:
    """Publish what ships with the product; run again, it finds its work done."""
    with town_scope(town):
        publish_catalog(acting_user="system")


@app.periodic(cron=daily("09:23"))
@app.task(queue="sweep", queueing_lock="procedures.tend")
def tend_applications(timestamp: int) -> None:
    """In the morning, when people may be told: drafts that end, next papers, cases that are over.

    Cut short, it is repeated as a whole.
    """
    for town in Town.objects.filter(is_active=True):
        with town_scope(town.code):
            erase_old_drafts(acting_user="nenrin")
            tell_of_endings(acting_user="nenrin")
            remind_of_next(acting_user="nenrin")
            forget_cases(today=timezone.localdate(), acting_user="nenrin")


@app.periodic(cron=daily("09:26"))
@app.task(queue="sweep", queueing_lock="procedures.remind_signers")
def remind_signers(timestamp: int) -> None:
    """Once, after three days, each signer who has an address and has not answered."""
    for town in Town.objects.filter(is_active=True):
        with town_scope(town.code):
            waiting = Signature.objects.filter(
                state__in=(Signature.State.INVITED, Signature.State.VOID),
                invited_at__lt=timezone.now() - FIRST_REMINDER,
                reminders=0,
                application__case=None,
            )
            for signature in waiting.exclude(email=""):
                remind_signer(signature=signature, acting_user="nenrin")
