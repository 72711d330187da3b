"""Load once what the parts load, for its bytecode: `python -m nenrin.cli.compile_ahead`.

A process that compiles what it imports keeps some of that memory for as long as it lives: 20 MB in
a worker. This one ends.
"""

import os
import tempfile
from importlib import import_module

PARTS = (
    "granian.cli",
    "nenrin.cli.commands.up_",
    "nenrin.cli.commands.worker_",
    "nenrin.cli.commands.drill_",
    "nenrin.core.printing.typesetter",
    "nenrin.core.files.documents.workshop",
    "nenrin.rehearsal.__main__",
    "payjpv2",
    "stripe",
)


def main() -> None:
    """Import everything, in a state folder of its own; nothing is started."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "NENRIN_STATE_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
        }
        import_module("config.asgi")
        import_module("config.urls")
        for part in PARTS:
            import_module(part)
        for transport in import_module("nenrin.core.messaging.transports.contract").transports:
            transport.get_ready()


if __name__ == "__main__":
    main()
