"""How the card service of a rehearsal is started, and what is missing where it cannot be."""

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SERVER = HERE / "server.js"
MODULES = HERE / "node_modules"
CLIENT = "RP00000001"


@dataclass(frozen=True)
class MadeUpCard:
    """A card to choose; the claims are written as the real service documents them."""

    id: str
    label: str
    name: str
    address: str
    birthdate: str
    gender: str = "2"


def missing() -> str:
    """Why there is no card service here; empty where there is one."""
    if node() is None:
        return "node がないので、カードの代役は動きません"
    if not (MODULES / "oidc-provider").is_dir():
        return "カードの代役が取り込まれていません（python -m nenrin.rehearsal.card.prepare）"
    return ""


def node() -> str | None:
    """Node of this machine, else the one that npm's wheel brought."""
    beside = Path(sys.executable).with_name("node")
    return shutil.which("node") or (str(beside) if beside.exists() else None)


def write_config(
    path: Path,
    *,
    port: int,
    redirect_uri: str,
    cards: Sequence[MadeUpCard],
    client_keys: Mapping[str, Any],
    control: bool = False,
) -> None:
    """What the service is told, the town's public keys among it."""
    said = {
        "port": port,
        "client_id": CLIENT,
        "redirect_uris": [redirect_uri],
        "cards": [asdict(card) for card in cards],
        "control": control,
        "jwks": client_keys,
    }
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def command(config: Path) -> list[str]:
    """Its command line."""
    return [node() or "node", str(SERVER), str(config)]


def issuer(port: int) -> str:
    """Its name, which is where it listens."""
    return f"http://localhost:{port}"
