"""The data paraphrase: no sentence of a source is in them, titles and labels apart."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path

import pytest
import yaml

from conftest import DATA, LIVE, ROOT

RUN = 8
"""So many words in a row are a quotation."""

SIZE = 6
"""Bytes of a fingerprint: enough that no other run of words has one of them by chance."""

FINGERPRINTS = ROOT / "tests" / "golden" / "sources.fingerprints"

_FACTS = {"title", "label", "heading", "url", "aliases"}
"""Keys of values that are names rather than prose."""


def _words(text: str) -> list[str]:
    """Words without punctuation and case, so that no comma hides a quotation."""
    return re.findall(r"\w+", text.casefold())


def _runs(text: str) -> Iterator[str]:
    words = _words(text)
    return (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def quoted(text: str, sources: set[bytes]) -> list[str]:
    """The runs of words of a text that stand in a source."""
    return [run for run in _runs(text) if _fingerprint(run) in sources]


def fingerprints(text: str) -> set[bytes]:
    """All that has to be known of a source to notice a quotation from it."""
    return {*map(_fingerprint, _runs(text))}


def _fingerprint(run: str) -> bytes:
    return sha256(run.encode()).digest()[:SIZE]


def _prose(value: object, key: str = "") -> Iterator[str]:
    """Every text in a file that is not a name."""
    if isinstance(value, dict):
        for inner_key, inner in value.items():
            yield from _prose(inner, str(inner_key))
    elif isinstance(value, list):
        yield from chain.from_iterable(_prose(inner, key) for inner in value)
    elif isinstance(value, str) and key not in _FACTS:
        yield value


def _quotations(data: Path, sources: set[bytes]) -> dict[str, list[str]]:
    quotations = {}
    for file in sorted(data.glob("**/*.yaml")):
        text = file.read_text(encoding="utf-8")
        comments = re.sub(r"\s+#\s*", " ", "\n".join(re.findall(r"^\s*#.*", text, re.MULTILINE)))
        prose = [*_prose(yaml.load(text, yaml.BaseLoader)), comments]  # noqa: S506 - the loader of plain text
        if runs := [run for text in prose for run in quoted(text, sources)]:
            quotations[file.relative_to(data).as_posix()] = runs
    return quotations


def _published() -> set[bytes]:
    """The fingerprints of the sources, whose texts are not ours to publish."""
    content = FINGERPRINTS.read_bytes()
    return {content[start : start + SIZE] for start in range(0, len(content), SIZE)}


def test_eight_words_in_a_row_are_noticed_whatever_is_between_them() -> None:
    source = "The two sides will, from time to time,\nmeet again to talk about fish."
    runs = fingerprints(source)
    assert quoted("They said the two sides WILL from time to time meet.", runs) == [
        "the two sides will from time to time",
        "two sides will from time to time meet",
    ]
    assert quoted("two sides will from time to time", runs) == []
    assert quoted("Every so often both sides talk.", runs) == []


def test_a_quotation_in_the_data_is_noticed_and_names_are_not() -> None:
    statement = next(text for text in _prose({"note": "x y", "title": "A title", "list": ["z"]}))
    assert statement == "x y"
    own = (DATA / "statements.yaml").read_text(encoding="utf-8")
    assert _quotations(DATA, fingerprints(own))["statements.yaml"]
    titles = (DATA / "tables" / "table-1.csv").read_text(encoding="utf-8")
    assert not any("areas.yaml" in file for file in _quotations(DATA, fingerprints(titles)))


def test_no_sentence_of_a_source_is_in_the_data(request: pytest.FixtureRequest) -> None:
    """SDP_SOURCES=FOLDER with --write-golden renews the fingerprints from the texts in a folder."""
    folder = os.environ.get("SDP_SOURCES")
    if folder and request.config.getoption("--write-golden"):
        texts = [file.read_text("utf-8") for file in Path(folder).iterdir()]
        FINGERPRINTS.write_bytes(b"".join(sorted(set().union(*map(fingerprints, texts)))))
    assert _quotations(LIVE, _published()) == {}
