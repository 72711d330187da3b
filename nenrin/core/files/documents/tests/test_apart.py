"""Documents are opened in another process: what it dies of is refused in words."""

import subprocess
import sys

import pytest

from nenrin.core.files.documents import apart
from nenrin.core.files.documents.apart import as_jpeg
from nenrin.core.files.errors import FileRefused
from nenrin.core.memory.helper import Helper

from .pictures import photo

HEAVY = "PIL", "pillow_heif", "pypdfium2"
WEB = """
import django, sys
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(*[name for name in sys.argv[1:] if name in sys.modules])
"""


def test_one_that_never_ends_is_refused_and_the_next_is_opened(monkeypatch):
    with monkeypatch.context() as patience:
        hasty = Helper("nenrin.core.files.documents.workshop", idle=1, patience=0.001)
        patience.setattr(apart, "_workshop", hasty)
        with pytest.raises(FileRefused, match="撮り直すか"):
            as_jpeg(photo())
    assert as_jpeg(photo())


def test_the_web_server_does_not_load_what_opens_documents():
    command = [sys.executable, "-c", WEB, *HEAVY]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
