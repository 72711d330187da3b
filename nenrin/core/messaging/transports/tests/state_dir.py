"""Points the state folder at a test's own folder."""

from pathlib import Path

import pytest
from django.conf import settings


def use_state_dir(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    environment = settings.NENRIN.model_copy(update={"state_dir": folder})
    monkeypatch.setattr(settings, "NENRIN", environment)
    return folder
