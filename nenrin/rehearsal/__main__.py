"""python -m nenrin.rehearsal"""

import argparse
import asyncio
import sys
from pathlib import Path

from nenrin.rehearsal.config import FAULTS_VARIABLE, RehearsalConfig, read_faults
from nenrin.rehearsal.serve import serve


def main() -> int:
    """Run the rehearsal; 2 when it cannot start."""
    options = vars(_parser().parse_args())
    faults_file: Path | None = options.pop("faults")
    try:
        config = RehearsalConfig(
            **{**options, "seed": options["seed"].encode()}, faults=read_faults(faults_file)
        )
        asyncio.run(serve(config))
    except (OSError, ValueError, LookupError) as error:
        print(f"rehearsal: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    default = RehearsalConfig()
    parser = argparse.ArgumentParser(
        prog="python -m nenrin.rehearsal", description="stand-ins on this machine, loopback only"
    )
    add = parser.add_argument
    add("--host", default=default.host, help="loopback address to listen on")
    add("--port", type=int, default=default.port, help="push, LINE, SMS, voice (HTTPS)")
    add("--smtp-port", type=int, default=default.smtp_port, help="mail")
    add("--browser-port", type=int, default=default.browser_port, help="push for real browsers")
    add("--payment-port", type=int, default=default.payment_port, help="payments, plain HTTP")
    add("--seed", default=default.seed.decode(), help="makes keys and behaviour")
    add("--speed", type=_speed, default=default.speed, help="how much faster people act")
    add(
        "--notice-after",
        type=float,
        default=default.notice_after_s,
        dest="notice_after_s",
        help="seconds until a device notices what was handed over",
    )
    add("--state-dir", type=Path, default=default.state_dir, help="folder of ca.pem")
    add("--line-token", default=default.line_token)
    add("--line-secret", default=default.line_secret, help="signs LINE's webhook calls")
    add("--sms-token", default=default.sms_token)
    add("--voice-token", default=default.voice_token)
    add("--tablets", type=Path, help="JSON lines of device_id and token")
    add("--base", default=default.base, help="where the tablets' streams are")
    add("--keep-sealed", action="store_true", help="count pushes without opening them")
    add("--faults", type=Path, help=f"JSON file of faults; else {FAULTS_VARIABLE}")
    return parser


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed < float("inf"):
        raise argparse.ArgumentTypeError("must be more than 0")
    return speed


if __name__ == "__main__":
    sys.exit(main())
