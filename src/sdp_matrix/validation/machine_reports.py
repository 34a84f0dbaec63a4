"""Problems for programs: JSON, annotations of GitHub, code quality of GitLab, and SARIF."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.metadata import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sdp_matrix.problem import Problem, Severity
from sdp_matrix.text_safety import in_one_line, printable
from sdp_matrix.validation.report import Findings
from sdp_matrix.validation.rules import RULES, reading
from sdp_matrix.validation.rules.rule import Rule
from sdp_matrix.version import VERSION


def json_(findings: Findings) -> str:
    """The list of docs/json.md."""
    return _dumped(findings.rows())


def _dumped(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace").decode()  # a name of a file may be no text in UTF-8


MOST_ANNOTATIONS = 10
"""GitHub shows no more of a kind."""

_ENDS_READING = {
    "unreadable", "link", "no-data", "missing-file", "file-size", "encoding", "tab", "control-character", "syntax",
    "empty-file", "not-a-mapping", "key", "alias", "tag", "second-document", "depth",
}  # fmt: skip
"""Rules without which nothing of a file is read."""


def github(findings: Findings) -> str:
    """Commands that GitHub Actions turns into annotations, worst first: what cannot be read, then the rest."""
    lines = []
    for severity in Severity:
        of_kind = [problem for problem in findings.problems if problem.severity is severity]
        lines += [_annotation(problem) for problem in sorted(of_kind, key=_harm)[:MOST_ANNOTATIONS]]
    shown = f"; {len(lines)} of them are annotated" if len(lines) < len(findings.problems) else ""
    lines.append(f"sdp validate: {findings.summary}{shown}")
    return "".join(f"{line}\n" for line in lines)


def _harm(problem: Problem) -> int:
    """How bad it is: 0 for a file that is not read at all, 1 for one that is no record, 2 for one that is wrong."""
    if problem.rule in _ENDS_READING:
        return 0
    return 1 + all(problem.rule != rule.id for rule in reading.RULES)


def _annotation(problem: Problem) -> str:
    path = _path(problem)
    where = {
        "file": path,
        "line": problem.location.line,
        "col": problem.location.column,
        "title": problem.rule,
    }
    place = in_one_line(f"{path}:{problem.location.line}:{problem.location.column}", at_most=400)
    listed = ",".join(f"{key}={_property(printable(str(value)))}" for key, value in where.items())
    return f"::{problem.severity} {listed}::{_data(f'{place}: {printable(problem.message)}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def gitlab(findings: Findings) -> str:
    """A code quality report, which GitLab shows in merge requests."""
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
    """A log of SARIF 2.1.0, which code hosts show beside the lines."""
    rules = list(map(partial(_sarif_rule, _rules_page()), RULES.values()))
    driver = {"name": "sdp validate", "semanticVersion": VERSION, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": list(_sarif_results(findings)),
    }
    return _dumped({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})


def _rules_page() -> str | None:
    """Return the address of docs/rules.md; None while pyproject.toml has no address of the repository."""
    addresses = dict(line.split(", ", 1) for line in metadata("sdp-matrix").get_all("Project-URL", []))
    return f"{addresses['Repository']}/blob/HEAD/docs/rules.md" if "Repository" in addresses else None


def _sarif_rule(page: str | None, rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.reason},
        **({"helpUri": f"{page}#{rule.id}"} if page else {}),
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _sarif_results(findings: Findings) -> Iterator[dict[str, Any]]:
    indices = {rule: index for index, rule in enumerate(RULES)}
    for problem, fingerprint in _fingerprinted(findings):
        region = {"startLine": problem.location.line, "startColumn": problem.location.column}
        place = {"artifactLocation": {"uri": quote(_path(problem), errors="surrogateescape")}, "region": region}
        yield {
            "ruleId": problem.rule,
            "ruleIndex": indices.get(problem.rule, -1),
            "level": str(problem.severity),
            "message": {"text": problem.message},
            "locations": [{"physicalLocation": place}],
            "partialFingerprints": {"sdpProblem/v1": fingerprint},
        }


def _fingerprinted(findings: Findings) -> Iterator[tuple[Problem, str]]:
    """Each problem with a text that no other has, and that stays the same when lines move."""
    seen: Counter[str] = Counter()
    for problem in findings.problems:
        mark = _fingerprint(problem, findings.texts)
        seen[mark] += 1
        yield problem, f"{mark}:{seen[mark]}"


def _fingerprint(problem: Problem, texts: Mapping[str, str]) -> str:
    """The same as long as the thing at fault has its place among the keys, whatever line it is in."""
    keys = "\0".join(map(str, problem.at))
    if not keys:
        lines = texts.get(problem.location.path, "").split("\n")
        keys = lines[problem.location.line - 1].strip() if problem.location.line <= len(lines) else ""
    name = problem.location.path.rpartition("/")[2]
    return hashlib.sha256(f"{name}\0{problem.rule}\0{keys}".encode("utf-8", "replace")).hexdigest()[:32]


def _path(problem: Problem) -> str:
    """Return the path of a problem as code hosts know it: from the root of the repository, else as it is shown."""
    shown = problem.location.path
    folder = Path.cwd()
    root = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR")
    root = root or next((str(parent) for parent in (folder, *folder.parents) if (parent / ".git").exists()), None)
    path = Path(os.path.normpath(folder / shown))
    return path.relative_to(root).as_posix() if root and path.is_relative_to(root) else shown.removeprefix("./")
