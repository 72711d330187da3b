"""Whoever reads the audit trail meets Japanese words, not the names of the code."""

import re
from pathlib import Path

from nenrin.core.audit.wording import wordings

ACTION = re.compile(r'action="([a-z_]+\.[a-z_.]+)"')
NENRIN = Path(__file__).resolve().parents[2] / "nenrin"


def test_every_act_has_words():
    sources = [path for path in NENRIN.rglob("*.py") if "tests" not in path.parts]
    acts = {act for path in sources for act in ACTION.findall(path.read_text(encoding="utf-8"))}
    assert len(acts) > 60
    assert sorted(act for act in acts if act not in wordings) == []
