"""Repair the form of a data file where only one thing can be meant; no status, id or other value turns into another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pydantic import BaseModel

from sdp_matrix.files import document, reader
from sdp_matrix.files.characters import BLANKS
from sdp_matrix.files.document import Document
from sdp_matrix.files.spelling import quoted
from sdp_matrix.model.constraints import ID
from sdp_matrix.model.dates import readings
from sdp_matrix.model.vocabulary import DATE_FIELD
from sdp_matrix.problem import Step

_SMART = re.compile(
    "^([ ]*(?:- )*(?:[a-z_-]+: +|(?<=- )))[\u201c\u201e\u201f\u2018\xab](.+)[\u201d\u201c\u2019\xbb]$", re.MULTILINE
)
"""A whole value between quotes of print, after its key or dash."""


def repaired(read: Document, model: type[BaseModel]) -> Document:
    r"""Return a document with its blanks, quotes and days in the form that is read; else with what else is wrong.

    >>> from sdp_matrix.model.partnership import Partnership
    >>> read = document.parse("x.yaml", "name:\t“New Zealand”\xa0\ndate: 28 May 2024\n".encode())
    >>> repaired(read, Partnership).text
    'name: "New Zealand"\ndate: 2024-05-28\n'
    """
    sound = document.parse(read.path, _tidied(read.text).encode())
    if sound.value is None or sound.problems:
        return replace(read, problems=sound.problems)
    lines = sound.text.split("\n")
    for where in _days(sound, model):
        given = sound.value_at(where) or sound.value_at(where[:-1])  # a short form stands for the mapping
        place = sound.locate(where)
        days = readings(given) if isinstance(given, str) else []
        before, after = lines[place.line - 1][: place.column - 1], lines[place.line - 1][place.column - 1 :]
        if len(days) == 1:
            lines[place.line - 1] = before + after.replace(str(given), days[0], 1)
    return document.parse(read.path, "\n".join(lines).encode())


def _tidied(text: str) -> str:
    """Ordinary blanks for tabs and odd ones, no blanks at the end of lines, straight quotes around a value."""
    indented = re.sub(r"(?m)^[ \t]+", lambda blanks: blanks[0].replace("\t", "  "), text)
    plain = re.sub(r"(?m)[ ]+$", "", re.sub(f"[\t{BLANKS}]", " ", indented))
    return _SMART.sub(_straightened, plain)


def _straightened(match: re.Match[str]) -> str:
    """One word in small letters may be a status or an id, which is for a person to write."""
    return match[0] if re.search(ID, match[2]) else match[1] + quoted(match[2])


def _days(read: Document, model: type[BaseModel]) -> Iterator[tuple[Step, ...]]:
    """The places of days in a form that is not read: those of the model, and what evidence supports for the date."""
    yield from (problem.at for problem in reader.read(read, model)[1] if problem.rule == "date-form")
    evidence = read.value_at((DATE_FIELD, "evidence"))
    for index in range(len(evidence) if isinstance(evidence, list) else 0):
        yield (DATE_FIELD, "evidence", index, "supports")
