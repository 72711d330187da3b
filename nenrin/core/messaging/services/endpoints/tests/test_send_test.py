import pytest

from nenrin.core.messaging.models import Delivery, Endpoint
from nenrin.core.messaging.selectors.reach import (
    current_messages,
    messages_for_everyone,
    newest_messages,
    reach_total,
)
from nenrin.core.messaging.services.endpoints.retire_endpoint import retire_endpoint
from nenrin.core.messaging.services.endpoints.send_test import TestRefused, send_test


@pytest.fixture
def endpoint(small_town):
    return Endpoint.objects.filter(kind="webpush", retired_at=None).first()


def test_only_this_device_is_written_to(endpoint):
    message = send_test(endpoint=endpoint, acting_user="user:1")
    assert [d.endpoint for d in Delivery.objects.all()] == [endpoint]
    assert message.is_drill and reach_total(message.pk).households == 1


def test_nobody_else_reads_it(endpoint):
    send_test(endpoint=endpoint, acting_user="user:1")
    assert not messages_for_everyone().exists()
    assert not current_messages() and not newest_messages()


def test_once_a_minute_and_not_to_a_device_given_up(endpoint):
    send_test(endpoint=endpoint, acting_user="user:1")
    with pytest.raises(TestRefused, match="1分"):
        send_test(endpoint=endpoint, acting_user="user:1")
    retire_endpoint(endpoint=endpoint, reason="本人", acting_user="user:1")
    endpoint.refresh_from_db()
    with pytest.raises(TestRefused, match="使えません"):
        send_test(endpoint=endpoint, acting_user="user:1")
