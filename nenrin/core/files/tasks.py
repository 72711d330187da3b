"""The daily erasing of files whose time is over, and of bytes that no row knows."""

from django.utils import timezone
from procrastinate.contrib.django import app

from nenrin.core.jobs.daily import daily
from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope

from .services.erase_files import erase_expired_files
from .services.erase_orphans import erase_orphans


@app.periodic(cron=daily("03:17"))
@app.task(queue="sweep", queueing_lock="files.erase")
def erase_what_is_over(timestamp: int) -> None:
    """Erase each town's expired files; an erasing that was cut short is repeated as a whole."""
    for town in Town.objects.filter(is_active=True):
        with town_scope(town.code):
            erase_expired_files(today=timezone.localdate(), acting_user="nenrin")
            erase_orphans()
