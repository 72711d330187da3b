"""What a first visit to home and to an alert brings over the wire, without fonts; target 60 kB.

Counted are the page, what it names, and what its service worker fetches to be ready for the hours
without network, all as they come with gzip.
"""

import json
import re
import urllib.request

from bench.figure import Figure
from bench.town.running import running_town

TARGET_KB = 60.0
NAMED = re.compile(r'(?:src|href)="(/static/[^"]+\.(?:css|js|svg)|/manifest\.webmanifest)"')
SETTINGS = re.compile(r"const settings = (\{.*?\});")


def measure() -> Figure:
    """Kilobytes of the alert page's first visit; the home's beside it."""
    with running_town() as town:
        pages = {path: _first_visit(town.url, path) for path in ("/", town.link)}
    sizes = {path: sum(parts.values()) / 1000 for path, parts in pages.items()}
    peers = {"home": round(sizes["/"], 1), "target": TARGET_KB}
    return Figure("resident alert page, first visit", round(sizes[town.link], 1), "kB", peers)


def _first_visit(base: str, path: str) -> dict[str, int]:
    page, size = _fetch(base + path)
    sizes = {path: size}
    worker, sizes["/sw.js"] = _fetch(f"{base}/sw.js")
    found = SETTINGS.search(worker)
    assert found is not None
    settings = json.loads(found[1])
    for name in {*NAMED.findall(page), *settings["shell"], settings["offline"]}:
        sizes[name] = _fetch(base + name)[1]
    return sizes


def _fetch(url: str) -> tuple[str, int]:
    """The text, and how many bytes of it came."""
    plain = urllib.request.Request(url, headers={"Accept-Encoding": "identity"})
    packed = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(plain, timeout=10) as answer:
        text = answer.read().decode("utf-8")
    with urllib.request.urlopen(packed, timeout=10) as answer:
        return text, len(answer.read())
