"""The palette is told apart by colour-blind eyes, and can be read: by numbers."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest

from sdp_matrix.formats.table import INK, TONES, Look

EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
"""What each kind of eye makes of linear red, green and blue (Machado, Oliveira and Fernandes 2009, severity 1)."""
APART = 12
"""CIE 1976 distance between two colours; 2.3 can just be seen, 10 at a glance."""
READABLE = 4.5
"""Contrast of small text, as WCAG 2 asks for it."""


def linear(colour: str) -> list[float]:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def seen(colour: str, eye: str) -> list[float]:
    mixed = (sum(a * b for a, b in zip(row, linear(colour), strict=True)) for row in EYES[eye])
    return [min(max(share, 0), 1) for share in mixed]


def lab(red: float, green: float, blue: float) -> tuple[float, float, float]:
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    a, b, c = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * b - 16, 500 * (a - b), 200 * (b - c)


def contrast(one: str, other: str) -> float:
    light = [0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in map(linear, (one, other))]
    return (max(light) + 0.05) / (min(light) + 0.05)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("part", ["tint", "shade"])
def test_any_two_looks_are_told_apart(part: str, eye: str) -> None:
    places = {look: lab(*seen(getattr(tone, part), eye)) for look, tone in TONES.items()}
    distances = {pair: dist(places[pair[0]], places[pair[1]]) for pair in combinations(places, 2)}
    assert {pair: distance for pair, distance in distances.items() if distance < APART} == {}


@pytest.mark.parametrize("look", TONES)
def test_every_mark_can_be_read_on_its_ground(look: Look) -> None:
    tone = TONES[look]
    assert contrast(tone.tint, INK) >= READABLE
    assert contrast(tone.shade, "#ECECEA") >= READABLE
    assert contrast(tone.shade, "#FFFFFF") >= READABLE  # as text on a light page
    assert contrast(tone.tint, "#1A1E25") >= READABLE  # and on a dark one


def test_a_terminal_has_a_colour_of_its_own_for_each_look() -> None:
    assert len({tone.ansi for tone in TONES.values()}) == len(TONES)
