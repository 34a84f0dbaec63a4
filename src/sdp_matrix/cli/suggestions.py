"""What to type instead: first words that are not commands, names in the wrong place, options of other programs."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from typing import Any

from sdp_matrix.errors import SdpError, UnknownNameError
from sdp_matrix.formats import RENDERERS
from sdp_matrix.matching import fold, nearest
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.registers import Prospect
from sdp_matrix.text_safety import in_one_line

_OPTIONS = {  # of other programs, and what this program has for them
    **{f"--{name}": f"-f {name}" for name in (*RENDERERS, "bibtex")},
    **dict.fromkeys(("--has", "--with"), "--covers"),
    **dict.fromkeys(("--not-covers", "--without", "--not"), "--lacks"),
    **dict.fromkeys(("--date", "--until"), "--as-of"),
    **dict.fromkeys(("--last", "--limit"), "--newest"),
    "--out": "-o",
}

_ELSEWHERE = {  # options that no command has, or only another, and what to do
    **dict.fromkeys(("--color", "--colour", "--no-color"), "set NO_COLOR=1 or FORCE_COLOR=1 in the environment"),
    **dict.fromkeys(("--since", "--after", "--from"), "'sdp find --signed-after 2024-12-31' lists those since 2025"),
    **dict.fromkeys(("--data", "--no-pager"), "write it before the name of the command"),
    "--check": "'sdp validate' compares the verdicts with those on record",
    "--pager": "a long table goes through the pager by itself; set SDP_PAGER to choose another",
    "--install-completion": "put the script of --show-completion where your shell reads it",
}

_FIRST_WORDS = {"init": "new --help", "graph": "plot --help", "log": "changes", "countries": "list partners"}
_COMMANDS = {"group": "matrix {}", "statement": "factcheck {}", "prospect": "list prospects"}  # all others: show
_FILLERS = {"and", "or", "vs", "versus", "with", "to", "in", "on", "for", "of", "the"}  # between names
_FILLERS |= {"does", "do", "why", "what", "which", "is", "cover", "covers", "common", "overlap"}  # of questions


def for_usage(message: str, context: Any, arguments: Sequence[str]) -> str | None:
    """Return what to type in place of an unknown option or an argument too many that typer reports."""
    match = re.search(r"unexpected extra argument\(s\) \(([^() ]+)", message)
    if match and context.info_name != "sql":  # whose query lacks its quotes, as the example shows
        return _for_names(match[1], f"unexpected '{match[1]}'", arguments)
    match = re.search("No such option: (--[a-z-]+)", message)
    if match is None:
        return None
    option = match[1]
    if option in _ELSEWHERE and context.info_name != "changes":  # whose days are revisions
        return f"no option {option}; {_ELSEWHERE[option]}"
    flags = {flag: parameter.help or "" for parameter in context.command.params for flag in parameter.opts}
    near = nearest(option.lstrip("-"), [flag.lstrip("-") for flag in flags])
    flag, _, value = _OPTIONS.get(option, f"--{near}").partition(" ")
    if flag in flags and value in flags[flag]:  # -f with a format that this command has, or an option without a value
        line = [new for word in _words(arguments) for new in ([flag, value] if word == option else [word]) if new]
        corrected = re.sub(r"--newest [^\d-]\S*", "--newest 2", shlex.join(["sdp", *line]))  # it takes a number
        return f"no option {option}; write: {in_one_line(corrected, at_most=300)}"
    _, words = split(arguments)
    # a number is the value of an unknown option, not an area
    return _for_names(words[-1], f"no option {option}", arguments) if words and not words[-1].isdecimal() else None


def for_name(error: UnknownNameError, arguments: Sequence[str]) -> str | None:
    """Return what a name that is unknown here is elsewhere, with the command to type; None if it is nowhere."""
    from sdp_matrix.cli.commands.lookup import KINDS

    name, problem = error.name, f"no {error.kind} '{error.name}'"
    if fold(name) in {"eu", "european union"}:
        return "the EU is one side of every partnership; 'sdp list partners' lists the other sides"
    if error.kind in {"command", "list"} and (name in _FIRST_WORDS or name in KINDS):
        return f"{problem}; write: sdp {_FIRST_WORDS.get(name, f'list {name}')}"
    with suppress(SdpError):  # not a year, month or day
        day = timedelta(days=1)
        after, before = dates.parse_period_start(name) - day, dates.parse_period_end(name) + day
        return f"{problem}; write: sdp find --signed-after {after} --signed-before {before}"
    return _for_names(name, problem, arguments)


def _for_names(name: str, problem: str, arguments: Sequence[str]) -> str | None:
    """Return what an unexpected name is, or else the problem with it, and the command for all names of the line."""
    dataset, (command, words) = _dataset(arguments), split(arguments)
    if dataset is None or not name:
        return None
    kind, _ = _find(dataset, name)
    if problem.startswith("no partner") and find_prospect(dataset, name):
        return f"'{in_one_line(name)}' has no partnership; write: sdp list prospects"
    things = _things(dataset, words) or _things(dataset, [name])
    if kind:
        problem = f"'{name}' is {'an' if kind == 'area' else 'a'} {kind}"
    return f"{in_one_line(problem)}; write: sdp {_line(command, things)}" if things else None


def _line(command: str, things: Sequence[tuple[str, str]]) -> str:
    """Return the command line for things: of the command that was typed if it takes them, else of the one that does."""
    sides = [name for kind, name in things if kind in {"partner", "group"}]
    areas = [name for kind, name in things if kind == "area"]
    kind, first = things[0]
    if (areas or sides) and (command in {"matrix", "patterns"} or (command == "find" and not sides)):
        option = "--covers" if command == "find" else "--area"
        return " ".join([command, *sides, *(f"{option} {area}" for area in areas)])
    if sides and areas:
        return f"explain {','.join(sides)} {','.join(areas)}"
    if len(sides) > 1 or (sides and command in {"diff", "timeline"}):
        return " ".join(["timeline" if command == "timeline" else "diff", *sides])
    return _COMMANDS.get(kind, "show {}").format(",".join(areas) or first)


def split(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Return the command of a line, empty if there is none, and the words after it that are not options."""
    from sdp_matrix.cli.app import ALIASES, COMMANDS

    words = [ALIASES.get(word, word) for word in _words(arguments) if not word.startswith("-")]
    at = next((at for at, word in enumerate(words) if word in COMMANDS), -1)
    return words[at] if at >= 0 else "", words[at + 1 :]


def _words(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with `--option=value` as two words."""
    return [part for word in arguments for part in (word.split("=", 1) if word.startswith("--") else [word])]


def _things(dataset: Dataset, words: Sequence[str]) -> list[tuple[str, str]]:
    """Return kind and id of what words name, the longest names first; nothing if a word is left over."""
    things, rest = [], " ".join(words).replace(",", " ").split()[:20]
    while rest:
        lengths = (length for length in range(len(rest), 0, -1) if _find(dataset, " ".join(rest[:length]))[0])
        if length := next(lengths, 0):
            things.append(_find(dataset, " ".join(rest[:length])))
        elif fold(rest[0]) not in _FILLERS:
            return []
        rest = rest[max(length, 1) :]
    return things


def _find(dataset: Dataset, name: str) -> tuple[str, str]:
    """Return kind and id of what has this name, or of the first area with one that goes on; else two empty texts."""
    wanted = fold(name)
    for kind in ("partnership", "group", "area", "reference", "statement"):
        for thing in getattr(dataset, f"{kind}s"):
            names = [fold(other) for other in thing.names]
            if wanted in names or (kind == "area" and any(other.startswith(f"{wanted} ") for other in names)):
                return kind.removesuffix("ship"), thing.id
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

    folder = next((after for word, after in pairwise(_words(arguments)) if word == "--data"), None)
    with suppress(SdpError, OSError):
        return load(folder)
    return None
