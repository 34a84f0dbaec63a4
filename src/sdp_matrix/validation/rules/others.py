"""The rules of `evidence_rules` and `statement_rules`, with an example of each."""

from __future__ import annotations

from sdp_matrix.validation.rules import evidence, statements
from sdp_matrix.validation.rules.rule import Example, Rule

_ALBANIA, _STATEMENTS = "partnerships/albania.yaml", "statements.yaml"
_AGAINST = "{status: ¦covered, evidence: [{reference: news-albania, supports: not-covered}]}"

_SPEAKS_OF_DAY = (
    "    as_of: 2026-03-01\n"
    "    check: {kind: partners-with-area, over: [table], area: cyber, counting: covered, exactly: [albania]}\n"
    "    expected: true"
)

_EXAMPLES = {
    "missing-locator": Example(
        _ALBANIA, "headings: {reference: briefing, locator: Albania,", "headings: {reference: ¦briefing,"
    ),
    "contested-without-note": Example(_ALBANIA, "  cyber: covered", f"  cyber: {_AGAINST}"),
    "value-without-basis": Example(
        _ALBANIA, "act: {value: signed, evidence: [{reference: news-albania, supports: signed}]}", "act: ¦signed"
    ),
    "later-than-sources": Example(_ALBANIA, "{date: 2024-11-20, event: adopted", "{date: ¦2027-11-20, event: adopted"),
    "statement-partner": Example(_STATEMENTS, "exactly: [albania]", "exactly: [¦albanya]"),
    "statement-area": Example(_STATEMENTS, "area: cyber", "area: ¦cybre"),
    "statement-group": Example(_STATEMENTS, "over: [table]", "over: [table, ¦group:nato-aly]"),
    "statement-empty": Example(_STATEMENTS, "over: [table]", "over: ¦[]"),
    "statement-twice": Example(_STATEMENTS, "exactly: [albania]", "exactly: [albania, ¦albania]"),
    "statement-over": Example(
        _STATEMENTS,
        "[table], area: cyber, counting: covered, exactly: [",
        "[norway], area: cyber, counting: covered, exactly: [¦",
    ),
    "statement-locator": Example(
        _STATEMENTS, "    reference: briefing\n    locator: Summary\n", "    reference: ¦briefing\n"
    ),
    "statement-date": Example(_STATEMENTS, "as_of: 2026-03-01", "as_of: ¦2027-03-01"),
    "statement-verdict": Example(
        _STATEMENTS,
        _SPEAKS_OF_DAY,
        _SPEAKS_OF_DAY.replace("    as_of: 2026-03-01\n", "").replace(": true", ": ¦true-then"),
    ),
}

RULES = tuple(
    Rule(rule, (check.__doc__ or "").strip(), _EXAMPLES.get(rule))
    for rule, check in {**statements.RULES, **evidence.RULES}.items()
)
CHECKS = (*statements.RULES.values(), *evidence.RULES.values())
