import os
import stat
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from nenrin.core.audit.models import AuditEntry
from nenrin.core.files.errors import FileMissing, FileRefused
from nenrin.core.files.models import StoredFile
from nenrin.core.files.scanning import scanners
from nenrin.core.files.services.erase_files import erase_expired_files, erase_file
from nenrin.core.files.services.erase_orphans import erase_orphans
from nenrin.core.files.services.store_file import MAX_BYTES, open_file, store_file
from nenrin.core.files.serving import file_response
from nenrin.core.tenancy.scope import town_scope

from .samples import CSV, PDF, PNG


@pytest.fixture
def keep(town, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def kept(content=PDF, name="申請書.pdf", allowed=("pdf", "csv"), **more):
        return store_file(
            content=content, name=name, allowed=set(allowed), acting_user="tester", **more
        )

    return kept


def test_a_file_comes_back_as_it_was(keep):
    stored = keep(BytesIO(PDF))
    assert open_file(stored).read() == PDF
    assert (stored.name, stored.content_type, stored.size) == (
        "申請書.pdf",
        "application/pdf",
        len(PDF),
    )


def test_it_lies_under_a_random_name_that_only_we_may_read(keep, tmp_path):
    stored = keep(name="山田花子.pdf")
    path = Path(default_storage.path(stored.store_path))
    assert path.is_relative_to(tmp_path / "063614") and path.name == stored.pk.hex
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_trail_knows_the_act_and_no_name(keep):
    stored = keep(name="山田花子.pdf")
    entry = AuditEntry.objects.last()
    assert entry.subject == f"file:{stored.pk}" and "山田" not in str(entry.detail)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空です"),
        (b"MZ\x90\x00", "読めません"),
        (PNG, "画像（PNG）のファイルは、ここでは受け取れません。PDF・表（CSV）"),
        (b"%PDF-" + bytes(MAX_BYTES) + b"%%EOF", "大きすぎます（20MBまで）"),
    ],
)
def test_what_is_not_allowed_is_refused_with_the_reason(keep, content, reason, tmp_path):
    with pytest.raises(FileRefused, match=reason):
        keep(content, name="申請書.pdf")
    assert not StoredFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


class _Finds:
    key = "test"

    def check(self, content):
        raise FileRefused("ウイルスが見つかりました。")


def test_a_scanner_has_the_last_word(keep, monkeypatch):
    monkeypatch.setattr(scanners, "_plugs", {"test": _Finds()})
    with pytest.raises(FileRefused, match="ウイルス"):
        keep()


def test_it_is_served_as_a_download_that_can_do_nothing(keep):
    answer = file_response(keep(CSV, name='表";x=".csv'), in_place=True)
    assert answer.content == CSV
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert '";x' not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_a_photo_may_stand_in_a_page(keep):
    answer = file_response(keep(PNG, allowed=["png"]), in_place=True)
    assert answer["Content-Disposition"].startswith("inline")


def test_another_town_has_no_such_file(keep):
    stored = keep()
    with town_scope("063622"):
        assert not StoredFile.objects.filter(pk=stored.pk).exists()


def test_an_erased_file_is_gone_and_its_row_says_when(keep, django_capture_on_commit_callbacks):
    stored = keep()
    with django_capture_on_commit_callbacks(execute=True):
        erase_file(stored=stored, reason="取り下げ", acting_user="tester")
    with pytest.raises(FileMissing):
        open_file(stored)
    assert StoredFile.objects.get(pk=stored.pk).erased_at


def test_bytes_of_a_transaction_that_was_rolled_back_go_after_a_day(keep, tmp_path):
    kept = keep()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep(PDF + b"lost %%EOF")
        raise ZeroDivisionError
    paths = [path for path in (tmp_path / "063614").rglob("*") if path.is_file()]
    assert len(paths) == 2 and erase_orphans() == 0
    for path in paths:
        os.utime(path, (0, 0))
    assert erase_orphans() == 1
    assert open_file(kept).read() == PDF


def test_only_what_is_over_is_erased(keep, django_capture_on_commit_callbacks):
    over = keep(keep_until=date(2026, 3, 31))
    last_day = keep(keep_until=date(2026, 4, 1))
    for_ever = keep()
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_expired_files(today=date(2026, 4, 1), acting_user="nenrin") == 1
    with pytest.raises(FileMissing):
        open_file(over)
    assert open_file(last_day).read() == open_file(for_ever).read() == PDF
