from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from nenrin.core.limits.decorators import EVERY, client_address, limited
from nenrin.core.limits.limit import Limit, seconds_to_wait
from nenrin.core.limits.models import Try
from nenrin.core.limits.tasks import forget_old_tries
from nenrin.core.tenancy.scope import town_scope
from nenrin.core.tenancy.services.create_town import create_town

THREE = Limit("test", 3, 60)


def test_so_many_and_no_more(town):
    assert [seconds_to_wait(THREE, "a") for _ in range(3)] == [0, 0, 0]
    assert 50 < seconds_to_wait(THREE, "a") <= 60
    assert seconds_to_wait(THREE, "b") == 0


def test_it_opens_again_when_the_time_is_over(town):
    for _ in range(3):
        seconds_to_wait(THREE, "a")
    Try.objects.update(at=timezone.now() - timedelta(seconds=61))
    assert seconds_to_wait(THREE, "a") == 0


def test_towns_are_counted_apart(town):
    for _ in range(3):
        seconds_to_wait(THREE, "a")
    with town_scope(create_town(code="063622").code):
        assert seconds_to_wait(THREE, "a") == 0
    assert seconds_to_wait(THREE, "a") > 0


def test_the_table_tells_nobody(town):
    seconds_to_wait(THREE, "192.0.2.7")
    assert "192" not in Try.objects.get().key
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'limits_try'")
        assert cursor.fetchone() == ("u",)


def test_old_tries_are_forgotten(town):
    seconds_to_wait(THREE, "a")
    forget_old_tries(0)
    assert Try.objects.count() == 1
    Try.objects.update(at=timezone.now() - timedelta(days=2))
    forget_old_tries(0)
    assert Try.objects.count() == 0


def _request(way="post", **headers):
    return getattr(RequestFactory(), way)("/", **headers)


def test_a_view_answers_429_with_the_time_to_wait(town):
    view = limited(THREE, by=client_address)(lambda request: HttpResponse("ok"))
    assert [view(_request()).status_code for _ in range(3)] == [200, 200, 200]
    answer = view(_request())
    assert answer.status_code == 429 and 50 < int(answer["Retry-After"]) <= 60
    assert view(_request("get")).status_code == 200
    assert view(_request(REMOTE_ADDR="192.0.2.9")).status_code == 200


def test_reading_can_be_limited_too(town):
    view = limited(Limit("r", 1, 60), by=client_address, methods=EVERY)(lambda r: HttpResponse())
    assert [view(_request("get")).status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize(
    ("proxies", "passed", "seen"),
    [
        (0, "203.0.113.5", "127.0.0.1"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "evil, 203.0.113.5", "203.0.113.5"),
        (2, "203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (2, "203.0.113.5", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_an_address_is_believed_only_from_our_proxies(settings, monkeypatch, proxies, passed, seen):
    monkeypatch.setattr(settings.NENRIN, "trusted_proxies", proxies)
    assert client_address(_request(HTTP_X_FORWARDED_FOR=passed)) == seen
