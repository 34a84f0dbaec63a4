"""Problems that are known and accepted, and the rules on accepting them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdp_matrix.files.scan import WAIVERS
from sdp_matrix.matching import nearest
from sdp_matrix.model.registers import WaiversFile
from sdp_matrix.sanitize import in_one_line
from sdp_matrix.validation.rules.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sdp_matrix.files.document import Document
    from sdp_matrix.files.scan import Scan
    from sdp_matrix.model.registers import Waiver
    from sdp_matrix.problem import Problem

RULES = (
    Rule(
        "needless-waiver",
        "A waiver accepts a problem that is there; one that is not needed would hide the next one.",
        Example(
            WAIVERS,
            "waivers: []\n",
            "waivers:\n  - rule: ¦unused-reference\n    path: references.yaml\n    reason: nothing is waived by this\n",
        ),
        waivable=False,
    ),
    Rule(
        "waiver-rule",
        "A waiver names a rule that exists and may be waived; a file that cannot be read is never acceptable.",
        Example(
            WAIVERS,
            "waivers: []\n",
            "waivers:\n  - rule: ¦syntax\n    path: areas.yaml\n    reason: no problem can be waived by this\n",
        ),
        waivable=False,
    ),
)


def apply(scan: Scan, problems: Sequence[Problem], rules: Mapping[str, Rule]) -> list[Problem]:
    """The problems that no waiver accepts, and those of the waivers themselves."""
    file = scan.readable(WaiversFile).get(WAIVERS)
    if file is None or not file.waivers:
        return list(problems)
    document = scan.documents[WAIVERS]
    kept, used = [], set()
    for problem in problems:
        by = next((i for i, w in enumerate(file.waivers) if _accepts(w, problem, scan, rules)), None)
        kept += [problem] if by is None else []
        used.add(by)
    for index, waiver in enumerate(file.waivers):
        where = ("waivers", index, "rule")
        rule = rules.get(waiver.rule)
        if rule is None:
            near = nearest(waiver.rule, rules)
            advice = f"did you mean '{near}'?" if near else "docs/rules.md lists the rules"
            kept.append(document.problem(where, "waiver-rule", f"no rule '{in_one_line(waiver.rule)}'; {advice}"))
        elif not rule.waivable:
            message = f"the rule '{rule.id}' cannot be waived; mend the file and remove the waiver"
            kept.append(document.problem(where, "waiver-rule", message))
        elif index not in used and not {waiver.path, WAIVERS} & scan.unread:
            message = f"nothing breaks the rule '{rule.id}' in {in_one_line(waiver.path)} any more; remove the waiver"
            kept.append(document.problem(where, "needless-waiver", message))
    return kept


def _accepts(waiver: Waiver, problem: Problem, scan: Scan, rules: Mapping[str, Rule]) -> bool:
    rule = rules.get(waiver.rule)
    return (
        rule is not None
        and rule.waivable
        and problem.rule == waiver.rule
        and problem.location.path == f"{scan.folder}/{waiver.path}"
        and (waiver.at is None or f"{_keys(problem, scan.documents.get(waiver.path))}.".startswith(f"{waiver.at}."))
    )


def _keys(problem: Problem, document: Document | None) -> str:
    """The keys that lead to a problem; of a list, the id of the entry where it has one, as its number may change."""
    steps = []
    for index, step in enumerate(problem.at):
        entry = document.value_at(problem.at[: index + 1]) if document and isinstance(step, int) else None
        steps.append(str(entry.get("id", step) if isinstance(entry, dict) else step))
    return ".".join(steps)
