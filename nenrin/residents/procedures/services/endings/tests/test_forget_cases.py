from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from nenrin.core.files.models import StoredFile
from nenrin.core.tenancy.scope import town_scope
from nenrin.engines.bookings.models import Booking, Resource
from nenrin.engines.casework.models import Case, CaseEvent, Collection, Decision
from nenrin.engines.casework.services.collect import make_ready
from nenrin.residents.procedures.models import (
    Application,
    ApplicationNotice,
    ApplicationRevision,
)
from nenrin.residents.procedures.services.endings.forget_cases import forget_cases, kept_until

from ....tests.factories import resident, sent
from ....tests.stages import decide


@pytest.fixture
def finished(small_town, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    application = sent(resident())
    decide(application)
    make_ready(case=application.case, way="post", words="花子あて", acting_user="desk")
    Application.objects.update(reached={"phone": "09012345678"})
    application.signatures.create(role="guarantor", name="次郎", invited_at=timezone.now())
    Booking.objects.create(
        resource=Resource.objects.create(key="desk", name="窓口"),
        seat=1,
        starts_at="2026-04-10T01:00:00Z",
        ends_at="2026-04-10T02:00:00Z",
        name="金山 花子",
        reference=f"application:{application.pk}:slot",
    )
    Case.objects.update(closed_at="2026-05-10T00:00:00Z")
    return application


def test_years_are_counted_from_the_april_after():
    assert kept_until(date(2026, 5, 10), 5) == date(2032, 3, 31)
    assert kept_until(date(2027, 3, 31), 1) == date(2028, 3, 31)


def test_what_was_written_is_gone_and_the_case_is_still_counted(finished):
    last = kept_until(date(2026, 5, 10), 1)
    assert forget_cases(today=last, acting_user="n") == 0
    over = date(2100, 1, 1)
    assert forget_cases(today=over, acting_user="n") == 1
    assert forget_cases(today=over, acting_user="n") == 0
    kept = Application.objects.get()
    assert kept.answers == kept.reached == {} and not kept.signatures.exists()
    assert kept.person is kept.user is kept.household is None
    assert ApplicationRevision.objects.get().answers == {}
    assert set(CaseEvent.objects.values_list("words", flat=True)) == {""}
    assert Decision.objects.get().grounds == "" and ApplicationNotice.objects.first().body == ""
    assert not StoredFile.objects.filter(erased_at=None).exists()
    assert Case.objects.get().person is None and Case.objects.get().title
    assert Booking.objects.get().name == ""
    assert Collection.objects.get().words == ""


def test_the_way_to_forget_is_open_for_erased_ones_of_this_town_alone(finished):
    with connection.cursor() as cursor:
        cursor.execute("SELECT procedures_forget(%s)", [finished.pk])
    assert ApplicationRevision.objects.get().answers
    with town_scope("063622"):
        assert forget_cases(today=date(2100, 1, 1), acting_user="n") == 0
    assert Application.objects.get().answers
