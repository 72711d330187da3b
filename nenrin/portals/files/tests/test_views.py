import uuid

import pytest
from django.test import Client

from nenrin.core.files.access import FileAccess, file_access
from nenrin.core.files.services.erase_files import erase_file
from nenrin.core.files.services.store_file import store_file
from nenrin.core.files.tests.samples import PDF


@pytest.fixture
def stored(town, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    rule = FileAccess("test", lambda request, stored: request.GET.get("who") == "owner")
    monkeypatch.setattr(file_access, "_plugs", {"test": rule})
    return store_file(
        content=PDF, name="申請書.pdf", allowed={"pdf"}, acting_user="tester", purpose="test"
    )


def test_whom_the_rule_lets_in_gets_the_file(stored):
    answer = Client().get(f"/files/{stored.pk}?who=owner")
    assert answer.status_code == 200 and answer.content == PDF
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("host", ["localhost", "mogami.localhost"])
def test_others_and_other_towns_find_nothing(stored, host):
    who = "owner" if host != "localhost" else "stranger"
    assert Client().get(f"/files/{stored.pk}?who={who}", HTTP_HOST=host).status_code == 404
    assert Client().get(f"/files/{uuid.uuid4()}?who=owner").status_code == 404


def test_a_file_without_a_rule_is_served_to_nobody(stored, monkeypatch):
    monkeypatch.setattr(file_access, "_plugs", {})
    assert Client().get(f"/files/{stored.pk}?who=owner").status_code == 404


def test_an_erased_file_is_not_found(stored):
    erase_file(stored=stored, reason="取り下げ", acting_user="tester")
    assert Client().get(f"/files/{stored.pk}?who=owner").status_code == 404
