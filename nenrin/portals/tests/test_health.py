"""What load balancers and Prometheus see; each part is really taken away."""

import pytest
from django.db import connection
from django.test import Client

from nenrin.core.messaging.services.release_message import release_message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.core.messaging.transports.tests.local_server import closed_port
from nenrin.core.people.models import Household, Person
from nenrin.portals import health


@pytest.fixture
def worker(db):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


def test_alive_needs_no_database_and_no_host_of_ours():
    assert Client().get("/healthz", HTTP_HOST="10.0.0.7").content == b"ok"


def test_ready_with_database_schema_and_worker(worker):
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "migrations": True, "worker": True}


def test_not_ready_without_a_worker(db):
    answer = Client().get("/readyz")
    assert answer.status_code == 503 and answer.json()["worker"] is False


def test_not_ready_with_a_migration_to_come(worker, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'files'")
    answer = Client().get("/readyz")
    assert answer.status_code == 503 and answer.json()["migrations"] is False


def test_not_ready_without_a_database(monkeypatch):
    nowhere = {"host": "127.0.0.1", "port": closed_port(), "dbname": "nenrin"}
    monkeypatch.setattr(health.connection, "get_connection_params", lambda: nowhere)
    answer = Client().get("/readyz")
    assert answer.status_code == 503 and answer.json()["database"] is False


def test_metrics_of_a_town_that_sends(small_town, worker):
    release_message(message=make_message(), acting_user="tester")
    answer = Client().get("/metrics")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "nenrin_workers 1" in text
    assert 'nenrin_deliveries{town="063614",kind="webpush",state="planned"}' in text
    assert "nenrin_gauges_failed 0" in text


def test_metrics_name_nobody(small_town, worker):
    release_message(message=make_message(), acting_user="tester")
    text = Client().get("/metrics").content.decode()
    names = set(Person.objects.values_list("family_name", flat=True))
    addresses = set(Household.objects.values_list("address", flat=True))
    assert not [word for word in names | addresses if word in text]


@pytest.mark.parametrize(
    "headers",
    [
        {"REMOTE_ADDR": "192.0.2.1"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_without_a_token_only_this_machine_may_measure(db, headers):
    assert Client().get("/metrics", **headers).status_code == 403


def test_behind_https_loopback_is_not_enough(db, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/metrics").status_code == 403


def test_with_a_token_it_is_the_only_way(db, settings, monkeypatch):
    monkeypatch.setattr(settings.NENRIN, "metrics_token", "m" * 20)
    assert Client().get("/metrics").status_code == 403
    wrong = Client().get("/metrics", HTTP_AUTHORIZATION="Bearer n")
    assert wrong.status_code == 403
    far = {"REMOTE_ADDR": "192.0.2.1", "HTTP_AUTHORIZATION": "Bearer " + "m" * 20}
    assert Client().get("/metrics", **far).status_code == 200


@pytest.mark.parametrize("path", health.ADDRESSES)
def test_only_reading(path):
    answer = Client().post(path)
    assert answer.status_code == 405 and answer["X-Content-Type-Options"] == "nosniff"
