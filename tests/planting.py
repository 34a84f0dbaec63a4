"""Sound data in memory, what is reported of them with another text in one of their files, and the notation of cases."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

from conftest import DATA
from sdp_matrix.files.disk import read_folder
from sdp_matrix.files.scan import Scan, scan_files
from sdp_matrix.problem import Problem
from sdp_matrix.validation import rules

CASES = Path(__file__).parent / "cases"
BASES = {"data": DATA, "analyst": DATA, "findings": DATA, "sample": CASES / "sample"}
"""Name of a list of cases to the sound data that they change."""


@cache
def sound(base: str) -> Scan:
    """Return sound data as they are read."""
    return scan_files("data", read_folder(BASES[base]).files)


def text_of(base: str, path: str) -> str:
    return (BASES[base] / path).read_bytes().decode()


def with_file(base: str, path: str, content: bytes) -> Scan:
    """Return sound data with another content of one file; no other file is read again."""
    before = sound(base)
    alone = scan_files("data", {**dict.fromkeys(before.shown, OSError()), path: content})
    return replace(
        before,
        documents={**before.documents, **alone.documents},
        records={**{other: record for other, record in before.records.items() if other != path}, **alone.records},
        problems=tuple(problem for problem in alone.problems if problem.location.path == f"data/{path}"),
        shown={**before.shown, **alone.shown},
    )


def problems(base: str, path: str, text: str, *, upkeep: bool = True) -> tuple[Problem, ...]:
    """Return what is reported with this text in place of a sound file."""
    return rules.check(with_file(base, path, text.encode("utf-8", "surrogateescape")), upkeep=upkeep)


def place(problem: Problem) -> str:
    """Return where a problem is, inside the folder."""
    return str(problem.location).removeprefix("data/")


def unspelt(text: str) -> str:
    r"""Return a text with the bytes and characters that the notation spells out as \xNN and \uNNNN."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)
    raw = re.sub(rb"\\x([0-9a-f]{2})", lambda match: bytes.fromhex(match[1].decode()), text.encode())
    return raw.decode("utf-8", "surrogateescape")


def spelt(text: str) -> str:
    """Spell out the characters that are not seen."""
    return "".join(map(_spelt_character, text))


def _spelt_character(character: str) -> str:
    if character == "\\" or "\udc80" <= character <= "\udcff" or (character < " " and character != "\n"):
        return f"\\x{ord(character) & 0xFF:02x}"
    hidden = unicodedata.category(character) in {"Cf", "Cc", "Mn", "Zs"} and character not in " \n"
    return f"\\u{ord(character):04x}" if hidden else character
