"""Problems as text, JSON, annotations of GitHub or SARIF."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sdp_matrix.errors import BadRequest
from sdp_matrix.problem import Severity, tally
from sdp_matrix.sanitize import printable
from sdp_matrix.validation.rules import RULES
from sdp_matrix.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sdp_matrix.problem import Problem


@dataclass(frozen=True, slots=True)
class Findings:
    """What a validation found."""

    problems: tuple[Problem, ...]
    """Sorted."""
    files: int
    """How many were read."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Texts of the files, by the path that problems have."""


@dataclass(frozen=True, slots=True)
class Quoting:
    """How lines at fault are quoted for a person at a terminal."""

    width: int = 80
    colour: bool = False


def render(findings: Findings, chosen: str, quoting: Quoting | None = None) -> str:
    """Render findings in a format; raises `BadRequest` for one that does not exist.

    With `quoting`, text quotes each line at fault with a caret beneath the place.
    """
    if known(chosen) == "text" and quoting:
        return "".join(_quoted(problem, findings.texts, quoting) for problem in findings.problems)
    return REPORTS[chosen](findings)


def known(chosen: str) -> str:
    """The name of a format; raises `BadRequest` for one that does not exist."""
    if chosen not in REPORTS:
        raise BadRequest(f"there is no format '{printable(chosen)}' for problems; write one of {', '.join(REPORTS)}")
    return chosen


def _text(findings: Findings) -> str:
    return "".join(f"{printable(str(problem))}\n" for problem in findings.problems)


def _json(findings: Findings) -> str:
    listed = [
        {
            "path": p.location.path,
            "line": p.location.line,
            "column": p.location.column,
            "severity": str(p.severity),
            "rule": p.rule,
            "message": p.message,
        }
        for p in findings.problems
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"


_RED, _BOLD, _PLAIN = "\x1b[31m", "\x1b[1m", "\x1b[0m"


def _quoted(problem: Problem, texts: Mapping[str, str], quoting: Quoting) -> str:
    """A problem, and the line at fault with a caret; of a long line what is around the place."""
    red, bold, plain = (_RED, _BOLD, _PLAIN) if quoting.colour else ("", "", "")
    location = problem.location
    head = f"{bold}{printable(str(location))}{plain}: {red}{problem.severity}{plain}: {printable(problem.message)}"
    head += f" [{problem.rule}]\n"
    lines = texts.get(location.path, "").split("\n", location.line)[: location.line]
    if len(lines) < location.line or not lines[-1].strip():
        return head
    number = str(location.line)
    before, after = _around(lines[-1].rstrip("\r"), location.column - 1, quoting.width - len(number) - 5)
    margin = " " * len(number)
    return f"{head}  {number} | {before}{after}\n  {margin} | {' ' * _columns(before)}{red}^{plain}\n"


def _around(line: str, place: int, room: int) -> tuple[str, str]:
    """What fits of a line, before and after a place; tabs become blanks, so that the caret stands right."""
    before, after = (printable(part.replace("\t", " ")) for part in (line[:place], line[place:]))
    if _columns(before) + _columns(after) <= room:
        return before, after
    if _columns(before) > room * 2 // 3:
        before = "…" + _cut(before[::-1], room // 2)[::-1]
    return before, _cut(after, room - _columns(before) - 1) + "…"


def _cut(text: str, room: int) -> str:
    """As much of the beginning of a text as fits."""
    end = min(len(text), max(room, 1))
    while _columns(text[:end]) > max(room, 1):
        end -= 1
    return text[:end]


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)


MOST_ANNOTATIONS = 10
"""GitHub shows no more of a kind."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def _github(findings: Findings) -> str:
    """Commands that GitHub Actions turns into annotations, worst first: what cannot be read, then the rest."""
    lines = []
    for severity, command in _COMMANDS.items():
        of_kind = [problem for problem in findings.problems if problem.severity is severity]
        worst_first = sorted(of_kind, key=_harm)
        lines += [_annotation(command, problem) for problem in worst_first[:MOST_ANNOTATIONS]]
    shown = f"; {len(lines)} of them are annotated" if len(lines) < len(findings.problems) else ""
    lines.append(f"sdp validate: {summary(findings)}{shown}")
    return "".join(f"{line}\n" for line in lines)


_ENDS_READING = {
    "unreadable", "link", "no-data", "missing-file", "file-size", "encoding", "tab", "control-character", "syntax",
    "empty-file", "not-a-mapping", "key", "alias", "tag", "second-document", "depth",
}  # fmt: skip
"""Rules without which nothing of a file is read."""


def _harm(problem: Problem) -> int:
    """How bad it is: 0 for a file that is not read at all, 1 for one that is no record, 2 for one that is wrong."""
    if problem.rule in _ENDS_READING:
        return 0
    return 1 + (problem.rule in RULES and RULES[problem.rule].waivable)


def _annotation(command: str, problem: Problem) -> str:
    where = {
        "file": problem.location.path,
        "line": problem.location.line,
        "col": problem.location.column,
        "title": problem.rule,
    }
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in where.items())
    return f"::{command} {listed}::{_data(printable(problem.message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _sarif(findings: Findings) -> str:
    """A log of SARIF 2.1.0, which code hosts show beside the lines."""
    rules = [_sarif_rule(rule) for rule in RULES]
    driver = {"name": "sdp validate", "semanticVersion": VERSION, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": _sarif_results(findings),
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _sarif_rule(name: str) -> dict[str, Any]:
    rule = RULES[name]
    described: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.reason},
        "defaultConfiguration": {"level": "error"},
    }
    if rule.example:
        described["help"] = {"text": f"{rule.reason} See docs/rules.md."}
    return described


def _sarif_results(findings: Findings) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    indices = {rule: index for index, rule in enumerate(RULES)}
    results = []
    for problem in findings.problems:
        mark = _fingerprint(problem, findings.texts)
        seen[mark] += 1
        region = {"startLine": problem.location.line, "startColumn": problem.location.column}
        place = {"artifactLocation": {"uri": _uri(problem.location.path)}, "region": region}
        result = {
            "ruleId": problem.rule,
            "ruleIndex": indices.get(problem.rule, -1),
            "level": str(problem.severity),
            "message": {"text": problem.message},
            "locations": [{"physicalLocation": place}],
            "partialFingerprints": {"sdpProblem/v1": f"{mark}:{seen[mark]}"},
        }
        results.append(result)
    return results


def _fingerprint(problem: Problem, texts: Mapping[str, str]) -> str:
    """The same as long as the thing at fault has its place among the keys, whatever line it is in."""
    keys = "\0".join(map(str, problem.at))
    if not keys:
        lines = texts.get(problem.location.path, "").split("\n")
        keys = lines[problem.location.line - 1].strip() if problem.location.line <= len(lines) else ""
    name = problem.location.path.rpartition("/")[2]
    return hashlib.sha256(f"{name}\0{problem.rule}\0{keys}".encode("utf-8", "replace")).hexdigest()[:32]


def _uri(path: str) -> str:
    return f"file://{quote(path)}" if path.startswith("/") else quote(path)


REPORTS: dict[str, Callable[[Findings], str]] = {"text": _text, "json": _json, "github": _github, "sarif": _sarif}


def summary(findings: Findings) -> str:
    """One line on how it went; see `sdp_matrix.problem.tally`."""
    return tally(findings.problems, findings.files)
