"""Report the problems of a validation: as text, as JSON, for GitHub, for GitLab and as SARIF."""

from __future__ import annotations

import json
import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sdp_matrix.problem import Problem, Severity, errors
from sdp_matrix.text_safety import in_one_line, printable
from sdp_matrix.validation.rules import RULES
from sdp_matrix.version import VERSION


@dataclass(frozen=True)
class Findings:
    """The result of a validation."""

    problems: tuple[Problem, ...]
    """Sorted by location."""
    files: int
    """The number of files read."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The texts of the files by the paths in the problems."""
    source: str = ""
    """The folders of the files, with their editions."""

    def __repr__(self) -> str:
        return f"Findings({self.summary})"

    def _repr_html_(self) -> str:
        """Return the report of `sdp validate` for a notebook."""
        from html import escape  # every command imports this module, and few make a report

        return f"<pre>{escape(render(self, 'text') + self.summary)}</pre>"

    def rows(self) -> list[dict[str, str | int]]:
        """Return the problems with plain values, as the json report has them."""
        keys = ("severity", "rule", "message")
        return [{**p.location._asdict(), **{key: str(getattr(p, key)) for key in keys}} for p in self.problems]

    @property
    def summary(self) -> str:
        """Return a line with the number of files, their folders, and the number of problems.

        >>> Findings((), 18, source="in data, edition 2.0.0 of 2026-11-24").summary
        '18 files in data, edition 2.0.0 of 2026-11-24: no problem'
        """
        faults = len(errors(self.problems))
        counts = [(faults, "problem"), (len(self.problems) - faults, "warning")]
        count = " and ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in counts if n) or "no problem"
        within = len({problem.location.path for problem in self.problems})
        where = f" in {within} of them" if self.problems and self.files > 1 else ""
        return f"{self.files} file{'s' if self.files != 1 else ''} {self.source}: {count}{where}"


def render(findings: Findings, format_name: str, *, width: int = 0, colour: bool = False) -> str:
    """Render findings in one of the formats; with a width, text shows the faulty lines with carets, for a screen."""
    if format_name == "text" and width:
        return "".join(_with_snippet(problem, findings.texts, width, colour=colour) for problem in findings.problems)
    return REPORTS[format_name](findings)


def text(findings: Findings) -> str:
    """Return one line per problem."""
    return "".join(f"{printable(str(problem))}\n" for problem in findings.problems)


_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_TONES = {Severity.ERROR: "\x1b[31m", Severity.WARNING: "\x1b[33m"}  # red for errors, yellow for warnings


def _with_snippet(problem: Problem, texts: Mapping[str, str], width: int, *, colour: bool) -> str:
    """Return a problem and its line with a caret; of a long line the part around the place."""
    tone, bold, plain = (_TONES[problem.severity], _BOLD, _PLAIN) if colour else ("", "", "")
    location = problem.location
    head = f"{bold}{printable(str(location))}{plain}: {tone}{problem.severity}{plain}: {printable(problem.message)}"
    head += f" [{problem.rule}]\n"
    lines = texts.get(location.path, "").split("\n", location.line)[: location.line]
    if len(lines) < location.line or not lines[-1].strip():
        return head
    number, line, place = str(location.line), lines[-1].rstrip("\r").replace("\t", " "), location.column - 1
    room = width - len(number) - 5
    before, after = printable(line[:place]), printable(line[place:])  # apart, as escapes change the length
    before = before[-max(room // 2, room - len(after)) :]
    head += f"  {number} | {before}{after[: room - len(before)]}\n"
    return head + f"  {' ' * len(number)} | {' ' * _columns(before)}{tone}^{plain}\n"


def _columns(line: str) -> int:
    """Return the width of a text in columns of a terminal."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in line)
    return len(line) + wide - sum(unicodedata.combining(character) > 0 for character in line)


def _dumped(value: object) -> str:
    dumped = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return dumped.encode("utf-8", "backslashreplace").decode()  # file names may not be UTF-8


MOST_ANNOTATIONS = 10  # GitHub shows no more of a kind


def github(findings: Findings) -> str:
    """Return workflow commands, which GitHub Actions turns into annotations, the worst first."""
    order = list(RULES)  # rules that leave nothing of a file to read come first
    worst = sorted(findings.problems, key=lambda problem: order.index(problem.rule))
    lines = []
    for severity in Severity:
        lines += [_annotation(p) for p in worst if p.severity is severity][:MOST_ANNOTATIONS]
    shown = f"; {len(lines)} of them are annotated" if len(lines) < len(findings.problems) else ""
    lines.append(f"sdp validate: {findings.summary}{shown}")
    return "".join(f"{line}\n" for line in lines)


def _annotation(problem: Problem) -> str:
    path, line, column = _path(problem), problem.location.line, problem.location.column
    file = _escape(printable(path)).replace(":", "%3A").replace(",", "%2C")
    listed = f"file={file},line={line},col={column},title={problem.rule}"
    # the log of a job shows only the message, so the place is in it as well
    message = f"{in_one_line(f'{path}:{line}:{column}', at_most=400)}: {printable(problem.message)}"
    return f"::{problem.severity} {listed}::{_escape(message)}"


def _escape(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def gitlab(findings: Findings) -> str:
    """Return a code quality report, which GitLab shows in merge requests."""
    severities = {Severity.ERROR: "major", Severity.WARNING: "minor"}
    return _dumped(
        [
            {
                "description": problem.message,
                "check_name": problem.rule,
                "fingerprint": fingerprint,
                "severity": severities[problem.severity],
                "location": {"path": _path(problem), "lines": {"begin": problem.location.line}},
            }
            for problem, fingerprint in _fingerprinted(findings)
        ]
    )


def sarif(findings: Findings) -> str:
    """Return a log of SARIF 2.1.0, which code hosts show beside the lines."""
    rules = [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.reason},
            "defaultConfiguration": {"level": str(rule.severity)},
        }
        for rule in RULES.values()
    ]
    driver = {"name": "sdp validate", "semanticVersion": VERSION, "rules": rules}
    results = [_sarif_result(problem, fingerprint) for problem, fingerprint in _fingerprinted(findings)]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _dumped({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})


def _sarif_result(problem: Problem, fingerprint: str) -> dict[str, Any]:
    region = {"startLine": problem.location.line, "startColumn": problem.location.column}
    place = {"artifactLocation": {"uri": quote(_path(problem), errors="surrogateescape")}, "region": region}
    return {
        "ruleId": problem.rule,
        "ruleIndex": list(RULES).index(problem.rule),
        "level": str(problem.severity),
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"sdpProblem/v1": fingerprint},
    }


def _fingerprinted(findings: Findings) -> Iterator[tuple[Problem, str]]:
    """Yield each problem with a digest that no other has, and that stays the same when lines move."""
    import hashlib

    seen: Counter[str] = Counter()
    for problem in findings.problems:
        keys = "\0".join(map(str, problem.at))
        if not keys:  # a fault of the text: its line
            lines = findings.texts.get(problem.location.path, "").split("\n")
            keys = lines[problem.location.line - 1].strip() if problem.location.line <= len(lines) else ""
        name = problem.location.path.rpartition("/")[2]
        mark = hashlib.sha256(f"{name}\0{problem.rule}\0{keys}".encode("utf-8", "replace")).hexdigest()[:32]
        seen[mark] += 1
        yield problem, f"{mark}:{seen[mark]}"


def _path(problem: Problem) -> str:
    """Return the path of a problem from the root of the repository, as code hosts need it, else from here."""
    folder = Path.cwd()
    root = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR")  # of GitHub, of GitLab
    root = root or next((str(parent) for parent in (folder, *folder.parents) if (parent / ".git").exists()), None)
    path = Path(os.path.normpath(folder / problem.location.path))
    return Path(os.path.relpath(path, root if root and path.is_relative_to(root) else folder)).as_posix()


REPORTS: Mapping[str, Callable[[Findings], str]] = {
    "text": text,
    "json": lambda findings: _dumped(findings.rows()),
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
}
"""Report format to its function."""
