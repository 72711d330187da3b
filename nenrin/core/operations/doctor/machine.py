"""Is there room on the disk, and is the secret key kept from others?"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from .contract import Check, Finding

LEAST_FREE_BYTES = 1024**3
LEAST_FREE_SHARE = 0.05


def find_full_disk() -> Iterator[Finding]:
    folder = Path(settings.NENRIN.state_dir)
    usage = shutil.disk_usage(folder)
    if usage.free < max(LEAST_FREE_BYTES, usage.total * LEAST_FREE_SHARE):
        yield Finding(
            f"{folder} のディスクの空きが、あと {usage.free / 1024**3:.1f} GB です。",
            "いらないファイルを消すか、ディスクを大きくしてください。",
        )


def find_open_key() -> Iterator[Finding]:
    path = Path(settings.NENRIN.state_dir) / "secret-key"
    if path.exists() and path.stat().st_mode & 0o077:
        yield Finding(
            f"秘密の鍵 {path} が、ほかの利用者にも読めます。",
            f"chmod 600 {path} をしてください。",
        )


MACHINE_CHECKS = (
    Check("disk", "ディスクの空き", find_full_disk),
    Check("secret_key", "秘密の鍵", find_open_key),
)
