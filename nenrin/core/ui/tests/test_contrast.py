"""Contrast by WCAG 2.2 (relative luminance, 1.4.3): every pair of ink and ground that pages use."""

import re
from pathlib import Path

import pytest

import nenrin.core.ui as ui

TOKENS = Path(ui.__file__).parent / "static" / "ui" / "tokens.css"
ENOUGH, ENOUGH_FOR_SHAPES = 4.5, 3.0


def _colours():
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", TOKENS.read_text(encoding="utf-8")))


def _luminance(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _ratio(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("level", "ink"), [(5, "#ffffff"), (4, "#ffffff"), (3, "#000000"), (2, "#000000")]
)
def test_words_on_a_warning_level_can_be_read(level, ink):
    assert _ratio(_colours()[f"level-{level}"], ink) >= ENOUGH


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "page"), ("ink", "wall"), ("ink", "wood"), ("ink", "green-pale"),
        ("ink-2", "page"), ("ink-2", "wall"), ("ink-2", "wood"), ("wait", "wall"),
        ("wait", "wait-pale"), ("green-dark", "page"), ("green-dark", "green-pale"),
        ("wall", "green"), ("wall", "green-dark"), ("wall", "beam-dark"), ("wall", "wait"),
    ],
)  # fmt: skip
def test_words_can_be_read(ink, ground):
    colours = _colours()
    assert _ratio(colours[ink], colours[ground]) >= ENOUGH


def test_edges_of_fields_can_be_seen():
    colours = _colours()
    assert _ratio(colours["line-strong"], colours["wall"]) >= ENOUGH_FOR_SHAPES
