"""python -m nenrin.rehearsal.payments --port 18444 --town http://localhost:8000"""

import argparse
import asyncio
import signal
import sys

from nenrin.rehearsal.payments.serve import serving_payments


async def _run(port: int, town: str) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with serving_payments("127.0.0.1", port, town):
        await stopped.wait()


def main() -> int:
    """Run the payment stand-ins alone; 2 when they cannot start."""
    parser = argparse.ArgumentParser(prog="python -m nenrin.rehearsal.payments")
    parser.add_argument("--port", type=int, required=True, help="loopback port")
    parser.add_argument("--town", required=True, help="where the webhooks go")
    options = parser.parse_args()
    try:
        asyncio.run(_run(options.port, options.town))
    except (OSError, ValueError) as error:
        print(f"payments: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
