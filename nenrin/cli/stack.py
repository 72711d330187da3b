"""What runs together on one machine: web, worker and, for rehearsals, the stand-ins."""

import json
import socket
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nenrin.cli.commands.web_ import web_command
from nenrin.cli.main import CommandRefused
from nenrin.cli.supervisor import Part, Supervisor
from nenrin.rehearsal.agreed import STAND_IN_SECRETS
from nenrin.rehearsal.card import reader

START_SECONDS = 40.0


@dataclass(frozen=True)
class Addresses:
    """Where the parts of a stack listen; kept in the state folder so that commands find them."""

    web: int
    providers: int
    smtp: int
    browsers: int = 0
    card: int = 0
    payments: int = 0

    @property
    def web_url(self) -> str:
        """The web server's address."""
        return f"http://localhost:{self.web}"


def free_port(preferred: int) -> int:
    """``preferred`` if nothing listens there, else any free loopback port."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise CommandRefused("空いているポートがありません。")


def address_file(state_dir: Path) -> Path:
    """Where a town's rehearsal keeps its addresses: demo endpoints point there."""
    return state_dir / "rehearsal" / "addresses.json"


def rehearsal_addresses(state_dir: Path) -> Addresses:
    """Addresses of this state folder's stack, chosen on first use."""
    path = address_file(state_dir)
    if path.exists():
        return Addresses(**json.loads(path.read_text()))
    ports = (free_port(wanted) for wanted in (8000, 8443, 8025, 8026, 8027, 8028))
    made = Addresses(*ports)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(vars(made)))
    return made


def build_stack(state_dir: Path, town: str, addresses: Addresses) -> Supervisor:
    """The parts of a demo town's stack, not yet started."""
    logs = state_dir / "log"
    shared = {
        "NENRIN_STATE_DIR": str(state_dir.resolve()),
        "NENRIN_PUBLIC_URL": addresses.web_url,
        "NENRIN_REHEARSAL": "true",
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
    } | STAND_IN_SECRETS
    has_card = card_config(state_dir).exists() and not reader.missing()
    if has_card:
        shared |= {
            "NENRIN_CARD_ISSUER": reader.issuer(addresses.card),
            "NENRIN_CARD_CLIENTS": json.dumps({town: reader.CLIENT}),
        }
    python = sys.executable
    parts = [
        Part("代役", rehearsal_command(state_dir, addresses), logs / "rehearsal.log", shared),
        Part("Web", web_command("127.0.0.1", addresses.web), logs / "web.log", shared),
        Part("係", [python, "-m", "nenrin.cli", "worker"], logs / "worker.log", shared),
    ]
    if has_card:
        command = reader.command(card_config(state_dir))
        listener = _listen(addresses.card)
        parts.append(Part("カード", command, logs / "card.log", listener=listener))
    return Supervisor(parts)


SEED = "kaneyama"
RESIDENTS_SPEED = 60.0
NOTICE_AFTER_SECONDS = 1.0
"""A message is a second under way from a provider to a device; on one machine it would be none."""


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise CommandRefused(
            f"ポート {port} はほかのプログラムが使っています。止めてから、やり直してください。"
        ) from error


def rehearsal_command(state_dir: Path, addresses: Addresses) -> list[str]:
    """Command line of `nenrin.rehearsal`."""
    folder = rehearsal_folder(state_dir)
    return [
        sys.executable, "-m", "nenrin.rehearsal", "--seed", SEED, "--speed", str(RESIDENTS_SPEED),
        "--notice-after", str(NOTICE_AFTER_SECONDS),
        "--port", str(addresses.providers), "--smtp-port", str(addresses.smtp),
        "--browser-port", str(addresses.browsers), "--payment-port", str(addresses.payments),
        "--state-dir", str(folder), "--tablets", str(tablet_list(state_dir)),
        "--base", addresses.web_url,
    ]  # fmt: skip


def rehearsal_folder(state_dir: Path) -> Path:
    """Certificates and lists of the stand-ins."""
    return state_dir.resolve() / "rehearsal"


def card_config(state_dir: Path) -> Path:
    """What the stand-in of the card service is told."""
    return rehearsal_folder(state_dir) / "card.json"


def tablet_list(state_dir: Path) -> Path:
    """The made-up tablets and their tokens."""
    return rehearsal_folder(state_dir) / "tablets.jsonl"


def is_running(addresses: Addresses) -> bool:
    """Whether a stack of this state folder answers."""
    return _answers(f"{addresses.web_url}/healthz")


def wait_until_ready(addresses: Addresses, supervisor: Supervisor) -> None:
    """Return when the web server answers; raises CommandRefused after a while."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if _answers(f"{addresses.web_url}/healthz"):
            return
        if supervisor.has_failed:
            break
        time.sleep(0.05)
    logs = supervisor.parts[0].log.parent
    raise CommandRefused(f"動き出しませんでした。{logs} の記録を見てください。")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)
    except OSError:
        return False


def wait_for(condition: Callable[[], bool], seconds: float, poll: float = 0.05) -> bool:
    """Whether the condition came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(poll)
    return condition()
