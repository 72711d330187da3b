import logging

import pytest
from django.db import IntegrityError, transaction

from nenrin.core.operations.logs import DiscreetFormatter, sieved
from nenrin.core.tenancy.models import TownHost


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Not Found: /m/063614-vg-fae4jqhbo2ioqxm7", "Not Found: /m/…"),
        ("Not Found: /r/063614-vg-fae4jqhbo2ioqxm7", "Not Found: /r/…"),
        ("Gone: /tablet/pair/WyIwNjM2MTQi:1xW:Vf_x", "Gone: /tablet/pair/…"),
        ("Gone: /join/Abc-_9xYz", "Gone: /join/…"),
        ("GET /accounts/password/reset/key/1w-abc-def/", "GET /accounts/password/reset/key/…/"),
        ("GET /staff/search?q=山田&page=2 failed", "GET /staff/search?… failed"),
        ("hanako@example.jp is unknown", "…@… is unknown"),
        ("ring 09012345678, 0233-52-2111 and +819012345678", "ring …, … and …"),
        ("Authorization: Bearer abcdefgh12345", "Authorization: Bearer …"),
        ("cookie sessionid=abc123; x", "cookie sessionid=…; x"),
        ("postgresql://nenrin:hunter2@db/nenrin", "postgresql://nenrin:…@db/nenrin"),
        ("DETAIL:  Key (email)=(山田) already exists.", "DETAIL: …"),
    ],
)
def test_what_tells_of_a_person_is_taken_out(line, kept):
    assert sieved(line) == kept


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-26 18:20:37,123 WARNING nenrin.core.jobs job 1234567 of a worker that died",
        "Not Found: /staff/messages/a3f590c5-36f5-4f23-9cd1-6f1b8b8f2573/",
        "receipts of town 063614 were not written: <class 'psycopg.OperationalError'>",
    ],
)
def test_what_an_operator_needs_stays(line):
    assert sieved(line) == line


def test_a_traceback_tells_no_rows_values(town):
    """Row security hides them in a town's tables already; the sieve serves the others."""
    try:
        with transaction.atomic():
            for _ in range(2):
                TownHost.objects.create(host="秘密野花子", town=town)
    except IntegrityError as error:
        record = logging.LogRecord("x", 40, "x", 1, "broken", (), (type(error), error, None))
    written = DiscreetFormatter("%(message)s").format(record)
    assert "秘密野" in str(record.exc_info[1]) and "秘密野" not in written
    assert "unique constraint" in written
