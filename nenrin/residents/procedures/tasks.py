"""Jobs of the procedures."""

from django.utils import timezone
from procrastinate.contrib.django import app

from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope

from .services.endings.forget_cases import forget_cases
from .services.endings.tend_drafts import erase_old_drafts, remind_of_next, tell_of_endings
from .services.publish_catalog import PUBLISH, publish_catalog


@app.task(name=PUBLISH, queue="documents")
def publish_shipped(town: str) -> None:
    """Publish what ships with the product; run again, it finds its work done."""
    with town_scope(town):
        publish_catalog(acting_user="system")


@app.periodic(cron="23 9 * * *")
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
