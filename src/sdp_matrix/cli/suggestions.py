"""What to type instead: first words that are not commands, names in the wrong place, options of other programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from sdp_matrix.errors import SdpError, UnknownNameError
from sdp_matrix.matching import Named, fold
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import Prospect
from sdp_matrix.text_safety import in_one_line

_OPTIONS = {
    "--json": "write -f json",
    "--csv": "write -f csv",
    "--html": "write -f html",
    "--markdown": "write -f markdown",
    "--partner": "name partners without an option: sdp matrix japan",
    "--not-covers": "write --lacks",
    "--without": "write --lacks",
    "--date": "write --as-of",
    "--out": "write -o",
    "--data": "write it before the command: sdp --data DIR matrix",
    "--no-pager": "write it before the command: sdp --no-pager matrix",
    "--install-completion": "put the script of --show-completion where your shell reads it",
}
"""Options of other programs, and what this one has for them."""


_COMMANDS = {"group": "matrix", "statement": "factcheck"}
"""Kinds of things that another command than `show` answers for."""


def for_option(message: str) -> str | None:
    """Return the option of this program for an unknown one that typer reports, if another program has that.

    >>> for_option("No such option: --json")
    'no option --json; write -f json'
    """
    match = re.search(r"No such option: (--[a-z-]+)", message)
    return f"no option {match[1]}; {_OPTIONS[match[1]]}" if match and match[1] in _OPTIONS else None


def for_extra_argument(message: str, arguments: Sequence[str]) -> str | None:
    """Return the option that a name belongs to which a command does not take as an argument."""
    match = re.search(r"unexpected extra argument\(s\) \(([^() ]+)", message)
    dataset = _dataset(arguments) if match else None
    if match is None or dataset is None:
        return None
    kind, name = _find(dataset, match[1])
    option = {"area": "--covers", "group": "--group", "partner": "sdp show"}.get(kind)
    return f"'{in_one_line(match[1])}' is {_article(kind)}; write {option} {name}" if option else None


def for_name(error: UnknownNameError, arguments: Sequence[str]) -> str | None:
    """Return what a name that is unknown here is elsewhere, with the command to type; None if it is nowhere."""
    dataset = _dataset(arguments)
    if dataset is None:
        return None
    if error.kind == "command":
        words = arguments[arguments.index(error.name) :] if error.name in arguments else [error.name]
        return _for_first_words(dataset, [word for word in words if not word.startswith("-")])
    quoted, (kind, name) = f"'{in_one_line(error.name)}'", _find(dataset, error.name)
    if kind == "area" and error.kind in {"partner", "partner or group"}:
        return f"{quoted} is an area; write {'--covers' if 'find' in arguments else '--area'} {name}"
    if kind == "prospect":
        return f"{quoted} has no partnership; 'sdp list prospects' has what is known"
    if kind in {"partner", "group"} and error.kind == "area":
        return f"{quoted} is a {kind}, not an area; name {kind}s first, areas after --area"
    return None


def _for_first_words(dataset: Dataset, words: Sequence[str]) -> str | None:
    things = [_find(dataset, word) for word in words]
    kinds = [kind for kind, _ in things]
    ids = [name for _, name in things]
    sides = [name for kind, name in things if kind in {"partner", "group"}]
    match kinds:
        case [] | ["", *_]:
            return None
        case _ if len(sides) > 1:
            command = f"diff {' '.join(sides)}"
        case ["partner", "area", *_]:
            command = f"explain {ids[0]} {ids[1]}"
        case ["prospect", *_]:
            command = "list prospects"
        case _:
            command = f"{_COMMANDS.get(kinds[0], 'show')} {ids[0]}"
    return f"'{in_one_line(words[0])}' is {_article(kinds[0])}, not a command; write: sdp {command}"


def _article(kind: str) -> str:
    return f"{'an' if kind == 'area' else 'a'} {kind}"


def _find(dataset: Dataset, name: str) -> tuple[str, str]:
    """Return kind and id of what has this name; two empty texts if nothing has."""
    finders: dict[str, Callable[[str], Named]] = {
        "partner": dataset.partner,
        "group": dataset.group,
        "area": dataset.area,
        "reference": dataset.reference,
        "statement": dataset.statement,
    }
    for kind, find in finders.items():
        try:
            return kind, find(name).id
        except UnknownNameError:
            continue
    prospect = find_prospect(dataset, name)
    return ("prospect", prospect.id) if prospect else ("", "")


def find_prospect(dataset: Dataset, *names: str | None) -> Prospect | None:
    """Return the prospect that has one of these names for its id, name or code."""
    wanted = {fold(name) for name in names if name}
    matches = (p for p in dataset.prospects if wanted & {fold(name) for name in (p.id, p.name, p.iso) if name})
    return next(matches, None)


def _dataset(arguments: Sequence[str]) -> Dataset | None:
    """Load the data that the command line names; None if they cannot be loaded, which is another problem."""
    from sdp_matrix.validation.validate import load  # which completing a name must not pay for

    words = [part for word in arguments for part in (word.split("=") if word.startswith("--data=") else [word])]
    folder = next((after for word, after in pairwise(words) if word == "--data"), None)
    try:
        return load(folder)
    except (SdpError, OSError):
        return None
