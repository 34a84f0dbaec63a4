"""What the shells offer at TAB: their scripts, and the names in the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from sdp_matrix.matching import fold

_ID = re.compile(r"^ *(?:- +)?id: ['\"]?([a-z0-9-]+)['\"]?\s*(?:#.*)?$", re.MULTILINE)
_ALIASES = re.compile(r"^ *aliases:(.*\n(?: *- .*\n)*)", re.MULTILINE)

SHELLS = ("bash", "zsh", "fish")


def script(shell: str) -> str:
    """Return the script that makes a shell complete."""
    return files("sdp_matrix.cli").joinpath(f"complete.{shell}").read_text("utf-8")


def names(*kinds: str) -> Callable[[Any, str], list[str]]:
    """Make the completion of a parameter that takes names of these kinds, or a list of them such as uk,norway."""

    def complete(ctx: Any, incomplete: str) -> list[str]:
        before, comma, typed = incomplete.rpartition(",")
        wanted, data = typed.casefold(), ctx.find_root().params.get("data")
        begun = [name for kind in kinds for name in _ids(kind, data) if name.startswith(wanted)]
        if not begun:
            begun = [name for kind in kinds for name in _aliases(kind, data, wanted)]
        # what was typed stays as it was typed, since shells compare letter for letter
        return [before + comma + typed + name[len(typed) :] for name in begun]

    return complete


def _ids(kind: str, data: str | None) -> Iterable[str]:
    """Name everything of a kind, in the order of the data; nothing if the data cannot be read."""
    if kind == "fields":
        from sdp_matrix.model.vocabulary import GROUP_FIELD, SIGNATORIES_FIELD, SOURCED_FIELDS

        yield from (*SOURCED_FIELDS, SIGNATORIES_FIELD)
        yield from (GROUP_FIELD + group for group in _ids("groups", data))
    elif kind == "partners":  # a partnership's file has its id for a name, so the files need not be read
        yield from (file.stem for file in _files(kind, data))
    else:  # the ids of a register are matched without YAML, which takes longer than the rest
        yield from (name for text in _texts(kind, data) for name in _ID.findall(text))


def _aliases(kind: str, data: str | None, begins: str) -> Iterable[str]:
    """Name the first alias, as one word, of each thing of a kind that has one beginning like this."""
    for aliases in (block for text in _texts(kind, data) for block in _ALIASES.findall(text)):
        items = re.findall("- (.+)", aliases) or aliases.strip("[] \n").split(",")
        words = (fold(alias.strip("'\" ")).replace(" ", "-") for alias in items)
        yield from islice((word for word in words if word.startswith(begins)), 1)


def _texts(kind: str, data: str | None) -> Iterable[str]:
    with suppress(OSError):
        yield from (file.read_bytes().decode("utf-8", "replace") for file in _files(kind, data))


def _files(kind: str, data: str | None) -> list[Path]:
    from sdp_matrix.files.disk import data_folder

    folder = data_folder(data)
    return sorted((folder / "partnerships").glob("*.yaml")) if kind == "partners" else [folder / f"{kind}.yaml"]
