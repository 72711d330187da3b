"""Install the browsers and fonts of the browser tests from Debian, where that is allowed."""

import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "firefox-esr")
PACKAGES = [*BROWSERS, "fonts-noto-cjk"]


def main() -> int:
    """Install what is missing; say plainly what will be skipped where it cannot be."""
    missing = "・".join(name for name in BROWSERS if not shutil.which(name))
    if not missing:
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"{missing} がないので、そのテストは飛ばします。", file=sys.stderr)
        return 0
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", *PACKAGES]):
        done = subprocess.run(
            ["apt-get", *command], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"{missing} を入れられません: {done.stderr[-500:]}", file=sys.stderr)
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
