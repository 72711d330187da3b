"""Every operation of the description, tried with what it allows and with what it forbids."""

from collections import Counter

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from nenrin.core.limits.limit import Limit
from nenrin.portals.api import rate
from nenrin.portals.api.problems import MEDIA_TYPE

BOUNDED = settings(
    max_examples=12,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def described(eventful, monkeypatch):
    """The API as its own description tells it, asked through the real WSGI application."""
    monkeypatch.setattr(rate, "REQUESTS", Limit("api", 100_000, 60))
    # As Django's own test client does: the test's transaction is in this connection.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in signals:
        signal.connect(close_old_connections)


def test_every_answer_is_as_described(described):
    """No failure of the server; bodies, kinds and statuses of the description; 4xx as problems."""
    seen, paths = Counter(), described.raw_schema["paths"]
    for operation in (found.ok() for found in described.get_all_operations()):
        for mode in _modes(operation):
            _try(operation, mode, seen)
    assert {(path, 200) for path in paths if "{" not in path} <= seen.keys()
    refused = {path for path, status in seen if status == 422}
    assert refused == {path for path, ways in paths.items() if ways["get"]["parameters"]}


def _modes(operation):
    has_parameters = bool(operation.definition.raw["parameters"])
    return GenerationMode if has_parameters else [GenerationMode.POSITIVE]


def _try(operation, mode, seen):
    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers(case):
        response = case.call_and_validate(headers={"Accept-Encoding": "identity"})
        seen[operation.path, response.status_code] += 1
        kind = response.headers["content-type"][0]
        assert (kind == MEDIA_TYPE) == (response.status_code >= 400)

    answers()
