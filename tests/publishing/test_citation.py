"""Citations: version, licence and the publication that the data begin with are in every one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import Run, edit
from sdp_matrix import Partnerships
from sdp_matrix.publishing.citation import STYLES, Work


@pytest.mark.parametrize("work", Work)
@pytest.mark.parametrize("style", STYLES)
def test_every_citation_names_version_and_source(style: str, work: Work, sdp: Run, partnerships: Partnerships) -> None:
    text, edition = sdp("cite", work, "-f", style).out, partnerships.edition
    title = {Work.DATA: edition.title, Work.CODEBOOK: edition.codebook}[work]
    words = (title, edition.version, "European Parliamentary Research Service", "2026")
    assert [word for word in words if word not in text] == []


def test_bibtex_runs_nothing(folder: Path, sdp: Run) -> None:
    edit(folder / "dataset.yaml", "The sdp contributors", r"A \input{x} & B")
    assert r"\input" not in sdp("--data", str(folder), "cite", "-f", "bibtex").out


def test_bibtex_has_each_entry_once(sdp: Run) -> None:
    keys = re.findall(r"^@misc\{(.*),$", sdp("cite", "-f", "bibtex").out, re.MULTILINE)
    assert len(keys) == len(set(keys)) == 3


@pytest.mark.parametrize("style", STYLES)
def test_a_doi_is_in_every_citation_of_the_data_once_there_is_one(style: str, folder: Path, sdp: Run) -> None:
    assert "doi" not in sdp("--data", str(folder), "cite", "-f", style).out.casefold()
    with (folder / "dataset.yaml").open("a", encoding="utf-8") as file:
        file.write("doi: 10.1000/182\n")
    assert sdp("--data", str(folder), "cite", "-f", style).out.count("10.1000/182") == 1


def test_an_address_is_not_a_doi(folder: Path, sdp: Run) -> None:
    with (folder / "dataset.yaml").open("a", encoding="utf-8") as file:
        file.write("doi: https://doi.org/10.1000/182\n")
    assert "is not a DOI such as 10.1000/182" in sdp("--data", str(folder), "validate").out
