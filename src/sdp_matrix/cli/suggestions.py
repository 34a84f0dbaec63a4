"""What to type instead: first words that are no commands, names in the wrong place, options of other programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from sdp_matrix.errors import SdpError, UnknownNameError
from sdp_matrix.matching import Named
from sdp_matrix.text_safety import in_one_line

if TYPE_CHECKING:
    from sdp_matrix.model.dataset import Dataset

ALIASES = {"compare": "diff", "table": "matrix", "search": "find", "check": "validate"}
"""Words that people try first, and the command that each calls."""

_OPTIONS = {
    "--json": "write -f json",
    "--csv": "write -f csv",
    "--html": "write -f html",
    "--markdown": "write -f markdown",
    "--partner": "name partners without an option: sdp matrix japan",
    "--country": "name partners without an option: sdp matrix japan",
    "--not-covers": "write --lacks",
    "--without": "write --lacks",
    "--date": "write --as-of",
    "--out": "write -o",
    "--file": "write -o",
}
"""Options of other programs, and what this one has for them."""


def translate(arguments: Sequence[str]) -> list[str]:
    """Turn `help [COMMAND]` and `version` into the options that say so.

    >>> translate(["help", "diff"]), translate(["version"]), translate(["matrix"])
    (['diff', '--help'], ['--version'], ['matrix'])
    """
    match list(arguments):
        case ["help", *words]:
            return [*words[:1], "--help"]
        case ["version"]:
            return ["--version"]
        case words:
            return words


def for_option(message: str) -> str | None:
    """Return the option of this program for one of another that typer did not know.

    >>> for_option("No such option: --json")
    'no option --json; write -f json'
    """
    match = re.search(r"[Nn]o such option: (--[a-z-]+)", message)
    return f"no option {match[1]}; {_OPTIONS[match[1]]}" if match and match[1] in _OPTIONS else None


def for_name(error: UnknownNameError, arguments: Sequence[str]) -> str | None:
    """Return what a name that is unknown here is elsewhere, with the command to type; None if it is nowhere."""
    dataset = _dataset(arguments)
    if dataset is None:
        return None
    if error.kind == "command":
        words = arguments[arguments.index(error.given) :] if error.given in arguments else [error.given]
        return _first_words(dataset, [word for word in words if not word.startswith("-")])
    kind, name = _named(dataset, error.given)
    if kind == "area" and "partner" in error.kind and "area" not in error.kind:
        option = "--covers" if "find" in arguments else "--area"
        return f"'{in_one_line(error.given)}' is an area; write {option} {name}"
    if kind == "prospect":
        return f"'{in_one_line(error.given)}' has no partnership; 'sdp list prospects' has what is known"
    if kind in {"partner", "group"} and error.kind == "area":
        return f"'{in_one_line(error.given)}' is a {kind}, not an area; name {kind}s first, areas after --area"
    return None


def for_extra_argument(message: str, arguments: Sequence[str]) -> str | None:
    """Return the option that a name belongs to which a command does not take as an argument."""
    match = re.search(r"unexpected extra arguments?(?:\(s\))? \(([^()]*)\)", message)
    dataset = _dataset(arguments)
    if not match or dataset is None:
        return None
    word = match[1].split()[0].strip("'\"")
    kind, name = _named(dataset, word)
    option = {"area": "--covers", "group": "--group"}.get(kind)
    return f"'{in_one_line(word)}' is {_article(kind)}; write {option} {name}" if option else None


def _first_words(dataset: Dataset, words: Sequence[str]) -> str | None:
    kinds = [_named(dataset, word) for word in words]
    if not kinds or not kinds[0][0]:
        return None
    kind, name = kinds[0]
    compared = [name for kind, name in kinds if kind in {"partner", "group"}]
    if len(compared) > 1:
        command = f"diff {' '.join(compared)}"
    elif kind == "partner" and len(kinds) > 1 and kinds[1][0] == "area":
        command = f"explain {name} {kinds[1][1]}"
    else:
        command = {
            "group": f"matrix {name}",
            "prospect": "list prospects",
            "statement": f"factcheck {name}",
        }.get(kind, f"show {name}")
    return f"'{in_one_line(words[0])}' is {_article(kind)}, not a command; write: sdp {command}"


def _article(kind: str) -> str:
    return f"{'an' if kind == 'area' else 'a'} {kind}"


def _named(dataset: Dataset, name: str) -> tuple[str, str]:
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
    known = {text.casefold(): p.id for p in dataset.prospects for text in (p.id, p.name, p.iso or p.id)}
    return ("prospect", known[name.casefold()]) if name.casefold() in known else ("", "")


def _dataset(arguments: Sequence[str]) -> Dataset | None:
    """Load the data that the command line names; None if they cannot be loaded, which is not what was asked."""
    from sdp_matrix.validation.validate import load

    folder = next((after for word, after in pairwise(arguments) if word == "--data"), None)
    try:
        return load(folder)
    except (SdpError, OSError):
        return None
