"""Plots: every kind in every format, with title and source, the same each time, and inert."""

from __future__ import annotations

import re
import struct
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from conftest import Run, amended, library, printed_elsewhere, printed_here
from sdp_matrix import Partnerships, RequestError, Selection, Status
from sdp_matrix.publishing.plots import KINDS, SUFFIXES, Kind, plot

library("matplotlib")


def texts(picture: bytes) -> str:
    """The texts of an svg, which stay texts."""
    return " ".join(" ".join(ET.fromstring(picture).itertext()).split())


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_names_its_partners_its_source_and_its_data(kind: Kind, partnerships: Partnerships) -> None:
    said = texts(plot(partnerships, partnerships.matrix(Selection(partners=("japan", "norway"))), kind, ".svg"))
    version = f"edition {partnerships.edition.version}"
    assert [word for word in ("Japan", "Norway", "Source: European", version) if word not in said] == []


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "$\\frac{1}{", "a\x1b[31m\u202eb", "日本", "A" * 3000])
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_names_are_inert(kind: Kind, name: str, partnerships: Partnerships) -> None:
    shown = partnerships.matrix(Selection(partners=("japan", "norway")))
    hostile = replace(shown, partnerships=tuple(amended(p, name=name) for p in shown.partnerships))
    data = replace(partnerships, partnerships=hostile.partnerships)
    picture = plot(data, hostile, kind, ".svg")
    assert not re.search(rb"<script|\x1b|\xe2\x80\xae", picture)
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(picture).iter()}
    assert not tags & {"script", "a", "image"}


def test_the_matrix_has_every_title_mark_and_footnote(partnerships: Partnerships) -> None:
    shown = partnerships.matrix()
    said = texts(plot(partnerships, shown, "matrix", ".svg"))
    assert [area.title for area in partnerships.areas if area.title not in said] == []
    statuses = [shown.status(p.id, a.id) for p in shown.partnerships for a in shown.areas]
    assert said.count("✓") == statuses.count(Status.COVERED) + 1  # and one in the legend
    assert said.count("✗") == statuses.count(Status.NOT_COVERED) + 1
    assert said.count("Already exists") == statuses.count(Status.ALREADY_EXISTS) + 1
    assert "[a] Our value: 18 Dec. 2024 for Albania." in said


_DRAWN = [*((kind, ".svg") for kind in KINDS), *(("matrix", suffix) for suffix in SUFFIXES if suffix != ".svg")]
_DIGESTS = f"""
import hashlib, sdp_matrix
from sdp_matrix.publishing.plots import plot
data = sdp_matrix.load()
shown = data.matrix(sdp_matrix.Selection(partners=("iceland", "india"), areas=("csdp", "cyber", "maritime", "space")))
for kind, suffix in {_DRAWN}:
    picture = plot(data, shown, kind, suffix)
    print(kind, suffix, picture[:4], hashlib.sha256(picture).hexdigest())
"""
"""Every kind and every format, each once: a picture takes long to draw."""


def test_the_same_data_give_the_same_bytes_of_each_format() -> None:
    digests = printed_here(_DIGESTS)
    begins = {".svg": b"<?xm", ".png": b"\x89PNG", ".pdf": b"%PDF"}
    assert [line.rsplit(" ", 1)[0] for line in digests.splitlines()] == [
        f"{kind} {suffix} {begins[suffix]!r}" for kind, suffix in _DRAWN
    ]
    assert digests == printed_elsewhere(_DIGESTS)


@pytest.mark.parametrize("arguments", [[], ["--all"]])
def test_the_picture_of_the_table_is_as_wide_as_a_slide(arguments: list[str], tmp_path: Path, sdp: Run) -> None:
    ran = sdp("plot", "matrix", *arguments, "-o", str(tmp_path / "table.png"))
    assert (ran.code, ran.out) == (0, "")
    width, height = struct.unpack(">II", (tmp_path / "table.png").read_bytes()[16:24])
    assert 1.6 < width / height < 2


def test_without_its_extra_a_plot_says_what_to_install(
    partnerships: Partnerships, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "sdp_matrix.publishing.drawing", raising=False)
    monkeypatch.delattr("sdp_matrix.publishing.drawing", raising=False)
    with pytest.raises(RequestError, match=r"pip install .*matplotlib$"):
        plot(partnerships, partnerships.matrix(), "matrix", ".svg")
