"""What the shell offers where a name is expected; asked at every press of TAB, so it reads as little as it can.

Each argument and option declares with `autocompletion=` what it takes.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PARTNERS, AREAS, GROUPS, REFERENCES, STATEMENTS, FIELDS = (
    "partners",
    "areas",
    "groups",
    "references",
    "statements",
    "fields",
)
"""Kinds of names; they are ids, which never need quotes."""


_ID = re.compile(r"^ *(?:- +)?id: ['\"]?([a-z0-9-]+)['\"]?\s*(?:#.*)?$", re.MULTILINE)


def names(*kinds: str) -> Callable[[Any, str], list[str]]:
    """Make the completion of a parameter that takes names of these kinds, or a list of them such as uk,norway."""

    def complete(ctx: Any, incomplete: str) -> list[str]:
        before, comma, _ = incomplete.rpartition(",")
        data = ctx.find_root().params.get("data")
        return [before + comma + name for kind in kinds for name in names_for_completion(kind, data)]

    return complete


def names_for_completion(kind: str, data: str | None = None) -> Iterable[str]:
    """Name everything of a kind, in the order of the data; nothing where the data cannot be read."""
    from sdp_matrix.files.folder import data_folder

    folder = data_folder(data)
    if kind == FIELDS:
        from sdp_matrix.model.vocabulary import GROUP_FIELD, SIGNATORIES_FIELD, SOURCED_FIELDS

        yield from (*SOURCED_FIELDS, SIGNATORIES_FIELD)
        yield from (GROUP_FIELD + group for group in names_for_completion(GROUPS, data))
    elif kind == PARTNERS:
        # A partnership's file has its id for a name, so the files need not be read.
        with suppress(OSError):
            yield from sorted(file.stem for file in (folder / "partnerships").iterdir() if file.suffix == ".yaml")
    else:
        # The ids of a register are found without YAML, which takes longer than the rest.
        with suppress(OSError):
            yield from _ID.findall((folder / f"{kind}.yaml").read_bytes().decode("utf-8", "replace"))
