"""The data paraphrase: no sentence of a source stands in them, titles and labels apart."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

import yaml

from conftest import DATA, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

RUN = 8
"""So many words in a row are a quotation."""

_FACTS = {"title", "label", "heading", "url", "aliases"}
"""Keys of values that are names rather than prose."""


def _words(text: str) -> list[str]:
    """Words without punctuation and case, so that no comma hides a quotation."""
    return re.findall(r"\w+", text.casefold())


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _words(text)
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def quoted(text: str, sources: set[tuple[str, ...]]) -> list[str]:
    """The runs of words of a text that stand in a source."""
    return [" ".join(run) for run in _runs(text) if run in sources]


def _prose(value: object, key: str = "") -> Iterator[str]:
    """Every text in a file that is not a name."""
    if isinstance(value, dict):
        for inner_key, inner in value.items():
            yield from _prose(inner, str(inner_key))
    elif isinstance(value, list):
        yield from chain.from_iterable(_prose(inner, key) for inner in value)
    elif isinstance(value, str) and key not in _FACTS:
        yield value


def _quotations(sources: set[tuple[str, ...]]) -> dict[str, list[str]]:
    found = {}
    for file in sorted(DATA.glob("**/*.yaml")):
        text = file.read_text(encoding="utf-8")
        comments = re.sub(r"\s+#\s*", " ", "\n".join(re.findall(r"^\s*#.*", text, re.MULTILINE)))
        prose = [*_prose(yaml.load(text, yaml.BaseLoader)), comments]  # noqa: S506 - the loader of plain text
        if runs := [run for one in prose for run in quoted(one, sources)]:
            found[file.relative_to(DATA).as_posix()] = runs
    return found


def _published() -> list[str]:
    """The texts of the sources, where they lie beside the checkout; they are not part of it."""
    folders = (above / "shared" / "sources" for above in (ROOT.parent, ROOT.parent.parent))
    found = next((folder for folder in folders if folder.is_dir()), None)
    return [file.read_text(encoding="utf-8") for file in sorted(found.iterdir())] if found else []


def test_eight_words_in_a_row_are_noticed_whatever_stands_between_them() -> None:
    source = "The two sides will, from time to time,\nmeet again to talk about fish."
    runs = set(_runs(source))
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
    assert _quotations(set(_runs(own)))["statements.yaml"]
    titles = (DATA / "tables" / "table-1.csv").read_text(encoding="utf-8")
    assert not any("areas.yaml" in file for file in _quotations(set(_runs(titles))))


def test_no_sentence_of_a_source_stands_in_the_data() -> None:
    runs = set(chain.from_iterable(map(_runs, _published())))
    assert _quotations(runs) == {}
