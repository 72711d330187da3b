"""Forgetting old tries."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import town_scope

from .models import Try

KEPT = timedelta(days=1)


@app.periodic(cron="41 * * * *")
@app.task(queue="sweep", queueing_lock="limits.forget")
def forget_old_tries(timestamp: int) -> None:
    """Delete what no limit counts any more."""
    for town in Town.objects.filter(is_active=True):
        with town_scope(town.code):
            Try.objects.filter(at__lt=timezone.now() - KEPT).delete()
