"""What a validation found, as text for people; and the list of report formats, those for programs among them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module

from sdp_matrix.errors import RequestError
from sdp_matrix.problem import Problem, Severity, errors
from sdp_matrix.text_safety import printable


@dataclass(frozen=True, slots=True)
class Findings:
    """What a validation found."""

    problems: tuple[Problem, ...]
    """Sorted."""
    files: int
    """How many were read."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Texts of the files, by the path that problems have."""
    source: str = ""
    """Where the files are: the folders with their editions."""

    def __repr__(self) -> str:
        return f"Findings({self.summary})"

    def rows(self) -> list[dict[str, str | int]]:
        """Return the problems with plain values, as the json report has them."""
        return [
            {
                **{name: getattr(problem.location, name) for name in ("path", "line", "column")},
                "severity": str(problem.severity),
                "rule": problem.rule,
                "message": problem.message,
            }
            for problem in self.problems
        ]

    @property
    def summary(self) -> str:
        """One line on how many files were read, where, and how many problems they have.

        >>> Findings((), 18, source="in data, edition 2.0.0 of 2026-11-24").summary
        '18 files in data, edition 2.0.0 of 2026-11-24: no problem'
        """
        wrong = len(errors(self.problems))
        counts = [(wrong, "problem"), (len(self.problems) - wrong, "warning")]
        count = " and ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in counts if n) or "no problem"
        within = len({problem.location.path for problem in self.problems})
        where = f" in {within} of them" if self.problems and self.files > 1 else ""
        return f"{self.files} file{'s' if self.files != 1 else ''} {self.source}: {count}{where}"


REPORTS = {"text": "", "json": "json_", "github": "github", "gitlab": "gitlab", "sarif": "sarif"}
"""Name of a format to its function in `machine_reports`; people and pipes get text from here, without its imports."""


@dataclass(frozen=True, slots=True)
class SnippetStyle:
    """How the lines at fault are shown to a person at a terminal."""

    width: int = 80
    colour: bool = False


def known(format_name: str) -> str:
    """Return the name of a format; raises `RequestError` for one that does not exist."""
    if format_name not in REPORTS:
        raise RequestError(f"no report format '{printable(format_name)}'; write one of {', '.join(REPORTS)}")
    return format_name


def render(findings: Findings, format_name: str, snippets: SnippetStyle | None = None) -> str:
    """Render findings in a format; raises `RequestError` for one that does not exist.

    With `snippets`, text shows each line at fault with a caret beneath the place.
    """
    if known(format_name) != "text":
        reports = import_module("sdp_matrix.validation.machine_reports")
        return str(getattr(reports, REPORTS[format_name])(findings))
    if snippets:
        return "".join(_with_snippet(problem, findings.texts, snippets) for problem in findings.problems)
    return "".join(f"{printable(str(problem))}\n" for problem in findings.problems)


_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_TONES = {Severity.ERROR: "\x1b[31m", Severity.WARNING: "\x1b[33m"}
"""Red for errors, yellow for warnings."""


def _with_snippet(problem: Problem, texts: Mapping[str, str], style: SnippetStyle) -> str:
    """A problem, and the line at fault with a caret; of a long line what is around the place."""
    tone, bold, plain = (_TONES[problem.severity], _BOLD, _PLAIN) if style.colour else ("", "", "")
    location = problem.location
    head = f"{bold}{printable(str(location))}{plain}: {tone}{problem.severity}{plain}: {printable(problem.message)}"
    head += f" [{problem.rule}]\n"
    lines = texts.get(location.path, "").split("\n", location.line)[: location.line]
    if len(lines) < location.line or not lines[-1].strip():
        return head
    number = str(location.line)
    before, after = _around(lines[-1].rstrip("\r"), location.column - 1, style.width - len(number) - 5)
    margin = " " * len(number)
    return f"{head}  {number} | {before}{after}\n  {margin} | {' ' * _columns(before)}{tone}^{plain}\n"


def _around(line: str, place: int, room: int) -> tuple[str, str]:
    """What fits of a line, before and after a place; tabs become blanks, so that the caret stands right."""
    before, after = (printable(part.replace("\t", " ")) for part in (line[:place], line[place:]))
    if _columns(before) + _columns(after) <= room:
        return before, after
    if _columns(before) > room * 2 // 3:
        before = "…" + _cut(before[::-1], room // 2)[::-1]
    shown = _cut(after, room - _columns(before) - 1)
    return before, shown + "…" * (shown != after)


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
