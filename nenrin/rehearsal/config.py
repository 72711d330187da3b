"""How a rehearsal is set up."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nenrin.rehearsal.providers.faults import BadFault

FAULTS_VARIABLE = "NENRIN_REHEARSAL_FAULTS"

FaultWishes = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class RehearsalConfig:
    """Everything the rehearsal needs to know; the tokens are no secrets, for they open nothing."""

    host: str = "127.0.0.1"
    port: int = 18443
    smtp_port: int = 18025
    browser_port: int = 0
    payment_port: int = 0
    seed: bytes = b"nenrin"
    speed: float = 60.0
    notice_after_s: float = 0.0
    state_dir: Path = Path("var/rehearsal")
    line_token: str = "rehearsal-line"  # noqa: S105
    line_secret: str = "rehearsal-line-secret"  # noqa: S105
    sms_token: str = "rehearsal-sms"  # noqa: S105
    voice_token: str = "rehearsal-voice"  # noqa: S105
    tablets: Path | None = None
    base: str = "http://localhost:8000"
    keep_sealed: bool = False
    faults: FaultWishes = field(default_factory=dict)


def read_faults(path: Path | None) -> FaultWishes:
    """Faults from a JSON file {provider: fault}, else from NENRIN_REHEARSAL_FAULTS.

    Raises BadFault.
    """
    source = path.read_text(encoding="utf-8") if path else os.environ.get(FAULTS_VARIABLE, "{}")
    try:
        wishes = json.loads(source)
    except ValueError as error:
        raise BadFault(f"the faults are not JSON: {error}") from None
    if not isinstance(wishes, dict) or not all(isinstance(wish, dict) for wish in wishes.values()):
        raise BadFault('the faults must look like {"push": {"mode": "status", "status": 500}}')
    return wishes
