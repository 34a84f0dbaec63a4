"""Read the plain values of a document as models, and report what is wrong and what to write instead.

Unknown keys are errors, and no value is converted that does not look like its type.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sdp_matrix.files.disk import PARTNERSHIPS, TABLES
from sdp_matrix.files.document import MAX_PROBLEMS, Document
from sdp_matrix.matching import fold, nearest
from sdp_matrix.model import record as records
from sdp_matrix.model.dataset import TABLE, PublishedTable
from sdp_matrix.model.dates import DASHES, iso_day, readings
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.record import DayOrUnknown, Record, Where
from sdp_matrix.model.registers import AreasFile, Edition, GroupsFile, ProspectsFile, ReferencesFile, StatementsFile
from sdp_matrix.model.vocabulary import Status
from sdp_matrix.problem import Problem
from sdp_matrix.text_safety import in_one_line, listed

M = TypeVar("M", bound=BaseModel)


SHARED_FILES: Mapping[str, type[Record]] = {  # all of these files are required
    "dataset.yaml": Edition,
    "areas.yaml": AreasFile,
    "groups.yaml": GroupsFile,
    "references.yaml": ReferencesFile,
    "prospects.yaml": ProspectsFile,
    "statements.yaml": StatementsFile,
}
FOLDERS: Mapping[str, type[Record]] = {PARTNERSHIPS: Partnership, TABLES: PublishedTable}  # for each YAML file
PLACES: Mapping[str, type[Record]] = {
    **SHARED_FILES,
    f"{PARTNERSHIPS}/*.yaml": Partnership,
    f"{TABLES}/{TABLE}.yaml": PublishedTable,
}


def read(document: Document, model: type[M]) -> tuple[M | None, tuple[Problem, ...]]:
    """Return the value of a document as a model, or None and the problems."""
    if document.value is None:
        return None, document.problems
    if not isinstance(document.value, dict):
        problem = document.problem((), "not-a-mapping", "the file should have lines 'key: value', not a list or text")
        return None, (problem,)
    try:
        value = model.model_validate(document.value)
    except ValidationError as error:
        details = error.errors(include_url=False)[:MAX_PROBLEMS]
        return None, _without_echoes(document.problems, _problems(document, model, details))
    return (None if document.problems else value), document.problems  # a faulty text may still fit its model


def _without_echoes(of_text: Sequence[Problem], of_model: Sequence[Problem]) -> tuple[Problem, ...]:
    """Report each fault once: not again for the field with a faulty text, nor for what is under a wrong key."""
    wrong_keys = [problem for problem in of_model if problem.rule == "unknown-key"]
    reported = [p for p in of_text if not (p.at and any(key.explains(p) for key in wrong_keys))]
    # a line that was moved into a neighbouring entry is twice in one and missing in the other
    lacking = {(p.at[:-2], p.at[-1]): p for p in of_model if p.rule == "missing-key"}
    moved = {p: lacking.get((p.at[:-2], p.at[-1])) for p in reported if p.rule == "duplicate-key"}
    advice = "; move it to the entry that lacks it"
    reported = [replace(p, message=p.message.partition(";")[0] + advice) if moved.get(p) else p for p in reported]
    left = [p for p in of_model if p not in moved.values()]
    return (*reported, *(p for p in left if not any(problem.explains(p) for problem in reported)))


def _problems(document: Document, model: type, details: list[ErrorDetails]) -> list[Problem]:
    """Return one problem per fault: the wrong and the missing keys of a mapping are one."""
    of_keys = defaultdict[Where, list[ErrorDetails]](list)
    problems: dict[tuple[Where, str], Problem] = {}
    for detail in details:
        where = _in_file(model, detail)
        if detail["type"] in {"extra_forbidden", "missing"}:
            of_keys[where[:-1]].append(detail)
        elif detail["type"] != "too_short" or len(detail["input"]) < detail["ctx"]["min_length"]:  # faulty items count
            problem = _problem(document, model, where, detail)
            problems[problem.at, problem.message] = problem
    wrong_keys = [problem for where in of_keys for problem in _of_keys(document, model, where, of_keys[where])]
    entries = [problem for problem in wrong_keys if problem.at in of_keys]
    return [
        *wrong_keys,
        *(p for p in problems.values() if not any(not entry.at or entry.explains(p) for entry in entries)),
    ]


def _of_keys(document: Document, model: type, where: Where, details: list[ErrorDetails]) -> Iterator[Problem]:
    """Yield a problem for each misspelt key of a mapping, and one for all else that is wrong with its keys."""
    kind = reduce(records.inner_type, details[0]["loc"][:-1], model)
    allowed = [*records.fields(kind)]
    unknown = [str(detail["loc"][-1]) for detail in details if detail["type"] == "extra_forbidden"]
    missing = [str(detail["loc"][-1]) for detail in details if detail["type"] == "missing"]
    misplaced = _misplaced(document.value_at(where), model, kind, unknown[0]) if unknown and missing else None
    near = {key: nearest(key.partition(":")[0], allowed) for key in unknown if not misplaced}
    missing = [key for key in missing if key not in near.values()]
    for key in [key for key in near if near[key] or not missing]:
        unknown.remove(key)
        yield document.problem((*where, key), "unknown-key", _no_such_key(key, allowed), key=True)
    if unknown:
        place = where if where and len(unknown) > 1 else (*where, unknown[0])
        what = "" if len(unknown) == len(missing) == 1 else "what is missing: "
        keys = listed((f"'{in_one_line(key)}'" for key in unknown), "or")
        message = misplaced or f"there is no key {keys} here; write {what}{listed(map(repr, missing))}"
        problem = document.problem(place, "unknown-key", message, key=place != where)
        yield replace(problem, at=where) if misplaced else problem  # all else in the mapping follows from it
    elif missing:
        one, several = "the key {0} is missing; add a line '{1}: …'", "the keys {0} are missing; add a line for each"
        message = (several if len(missing) > 1 else one).format(listed(map(repr, missing)), missing[0])
        yield document.problem((*where, missing[0]), "missing-key", message)


def _misplaced(value: Any, model: type, kind: Any, unknown: str) -> str | None:
    """Return the message on a mapping that belongs elsewhere, if it does."""
    for name, other in PLACES.items():
        if has_keys_of(other, value):
            return f"this is the content of {name}; restore that of this file"
        for key, entries in records.fields(other).items():
            if has_keys_of(records.inner_type(entries, 0), value):
                return f"this is an entry of '{key}'{'' if other is model else f' in {name}'}; move it there"
    if not has_keys_of(kind, value[unknown]):
        return None
    return f"one level too many; delete '{in_one_line(unknown)}:', and begin the lines below two columns further left"


def has_keys_of(kind: Any, value: object) -> bool:
    """Return whether a mapping has all the keys that a model requires, and none that it does not have."""
    fields = getattr(records.bare_type(kind), "model_fields", {}).items()
    required = {info.alias or name for name, info in fields if info.is_required()}
    return isinstance(value, dict) and required <= value.keys() <= records.fields(kind).keys()


def _in_file(model: type, detail: ErrorDetails) -> Where:
    """Return the place of a fault in the file: pydantic adds a step for the kind of a claim."""
    kind: Any = model
    steps: list[int | str] = []
    for step in detail["loc"]:
        if step not in records.claim_models(kind):
            steps.append(step)
        kind = records.inner_type(kind, step)
    return (*steps, "kind") if detail["type"].startswith("union_tag") else tuple(steps)


_FORMS: Mapping[str, tuple[str, str]] = {
    records.TEXT: ("form", "text that is not empty and has no spaces at either end"),
    records.WORDS: ("words", "a name with letters"),
    records.ID: ("id-form", "an id of lower-case letters, digits and single hyphens"),
    records.ISO: ("iso-form", "a country code of two capital letters (ISO 3166-1 alpha-2)"),
    records.URL: ("url-form", "an address such as https://example.org/page"),
    records.NUMBER: ("form", "a whole number from 1"),
    records.COUNT: ("form", "a whole number"),
    records.TRUE: ("form", "the word true; write it, or leave the line out"),
    records.DAY: ("date-form", "a day written YYYY-MM-DD"),
    records.PARTIAL_DATE: ("date-form", "a date written YYYY, YYYY-MM or YYYY-MM-DD"),
    records.DOI: ("form", "a DOI such as 10.1000/182, without an address before it"),
    records.SPDX: ("form", "the SPDX identifier of a licence, such as CC-BY-4.0"),
    records.CELEX: ("form", "an identifier of EUR-Lex, such as 22016A0319(01)"),
    records.VERSION: ("form", "a version such as 1.0.0"),
    records.OPERAND: ("form", "table (its partnerships), all, a group such as group:nato-ally, or the id of a partner"),
}
"""Pattern to its rule, and what it requires."""


def _problem(document: Document, model: type, where: Where, detail: ErrorDetails) -> Problem:
    """Return an error of pydantic as a problem; `where` is its place in the file."""
    entered = detail["input"]
    text = in_one_line(entered) if isinstance(entered, str) else ""
    is_key = where[-1:] == ("[key]",)
    place = where[:-1] if is_key else where
    match detail["type"]:
        case "union_tag_not_found" if misspelt := next((k for k in entered if nearest(k, [str(where[-1])])), None):
            place, is_key, rule = (*where[:-1], misspelt), True, "unknown-key"
            message = _no_such_key(misspelt, [str(where[-1])])
        case "union_tag_not_found":
            rule, message = "missing-key", f"the key '{where[-1]}' is missing; add a line '{where[-1]}: …'"
        case "enum" | "union_tag_invalid" if text or "tag" in detail["ctx"]:
            context = detail["ctx"]  # pydantic lists the allowed words only as text
            allowed = re.findall("'([^']*)'", context.get("expected") or context["expected_tags"])
            rule = "status" if Status.ALREADY_EXISTS in allowed else "choice"
            message = not_allowed(context.get("tag", text), allowed)
        case "string_pattern_mismatch":
            rule, message = _bad_form(detail["ctx"]["pattern"], str(entered))
            if message.endswith("; write it") and reduce(records.inner_type, detail["loc"], model) == DayOrUnknown:
                message += ", or 'unknown'"
        case "date_from_datetime_parsing" | "value_error":  # the pattern fits, as in 2025-02-30
            rule, message = "impossible-date", f"the calendar has no day {text}; correct it"
        case other:
            rule, message = _OTHERS.get(other, ("shape", "a single text should be here, not a list or mapping"))
            message = message.format(**detail.get("ctx", {}))
    return document.problem(place, rule, message, key=is_key)


_MAPPING = ("shape", "a mapping should be here: lines 'key: value'")
_OTHERS = {  # error of pydantic to its rule, and what to write
    "string_too_long": ("too-long", "at most {max_length} characters fit here; shorten it"),
    "too_short": ("too-short", "the list is too short; list {min_length} or more"),
    "tuple_type": ("shape", "a list should be here: lines that begin with '- '"),
    **dict.fromkeys(("model_type", "dict_type", "mapping_type", "model_attributes_type"), _MAPPING),
}


def _bad_form(pattern: str, entered: str) -> tuple[str, str]:
    """Return the rule and message for a text that does not match the pattern of its field."""
    rule, form = _FORMS[pattern]
    text = in_one_line(entered)
    if rule == "date-form":
        return _bad_date(text, form)
    if rule == "url-form" and re.search(r"…|\.{3}", entered):
        return rule, "the address is cut off by dots; write it in full"
    if rule == "url-form" and (odd := re.search(r'(?<=.)[\s<>"{}|\\^`]', entered)) and "://" in entered:
        if odd[0].isspace():
            return rule, "an address has no spaces; delete them, or what follows"
        code = "".join(f"%{byte:02X}" for byte in odd[0].encode())
        remedy = "delete it" if odd[0] in '<>"' else f"write {code} for it"  # the first are put around addresses
        return rule, f"no address has the character '{in_one_line(odd[0])}'; {remedy}"
    if rule == "url-form" and (user := re.match("https?://([^/?#@]*@)", entered)):
        return rule, f"an address does not name a user; delete '{in_one_line(user[1])}'"
    if rule == "url-form" and entered.endswith((".", ",", ";")):
        return rule, f"an address does not end with '{entered[-1]}'; delete it"
    if rule == "iso-form" and text.lower() in {"false", "no"}:
        return rule, f"'{text}' is what some programs make of NO, Norway's code; write 'NO'"  # YAML 1.1
    # a correction is proposed only for a text that looks like an id or address
    likely = {"id-form": _as_id, "iso-form": str.upper, "url-form": "https://{}".format}.get(rule, str)(text)
    is_name = re.fullmatch(r"[\w -]+|[\w-]+([.][\w-]+)+/\S*", text)
    advice = f"; write '{likely}'" if is_name and likely != text and re.search(pattern, likely) else ""
    return rule, f"'{text}' is not {form}{advice}"


def _as_id(text: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", fold(text)))


def _bad_date(text: str, form: str) -> tuple[str, str]:
    """Return the rule and message for a date in another notation, with every day that it can mean.

    >>> _bad_date("03/04/2025", "a day written YYYY-MM-DD")[1]
    "'03/04/2025' can be two days; write 2025-04-03 or 2025-03-04, whichever the source says"
    """
    if re.fullmatch("[0-9]{4}-[0-9]{2}(-[0-9]{2})?", text):
        if iso_day(f"{text}-01"):  # the field needs a day, or the pattern would fit
            return "date-form", f"'{text}' is a month, and the day is needed; write it"
        return "impossible-date", f"the calendar has no {text}; correct it"
    days = readings(text) if not re.search(r"-.*[./]|[./].*-", text) else []  # 2025-06/07 is two months
    if not days and "YYYY-MM or" in form:
        days = [day[:7] for day in readings(f"1 {text}")]
    if len(days) > 1:
        message = f"'{text}' can be two days; write {' or '.join(days)}, whichever the source says"
        return "ambiguous-date", message
    odd = re.search(f"[{DASHES}]", text)
    what = f"'{text}' has '{odd[0]}' for a hyphen" if odd else f"'{text}' is not {form}"
    return "date-form", what + (f"; write {days[0]}" if days else ", for example 2024-12-18")


def _no_such_key(text: str, allowed: list[str]) -> str:
    key, _, value = text.partition(":")  # 'value:Brussels' in braces is a key
    near = nearest(key, allowed)
    intended = f"did you mean '{near}{value and f': {value}'}'?"
    advice = intended if near else f"write one of {', '.join(allowed)}, or delete the line"
    return f"there is no key '{in_one_line(text)}' here; {advice}"


def not_allowed(text: str, allowed: list[str]) -> str:
    """Return the message on an invalid word; it suggests a word only for a spelling mistake.

    >>> not_allowed("uncovered", ["covered", "unknown"])
    "invalid value 'uncovered'; write covered or unknown"
    """
    folded = re.sub(r"[\s_-]+", "-", text.strip().lower())
    same_letter = [word for word in allowed if word[0] == folded[:1]]  # 'uncovered' must not become 'covered'
    near = nearest(folded, same_letter)
    kind = "status" if Status.ALREADY_EXISTS in allowed else "value"
    advice = f" (did you mean '{near}'?)" if near and re.fullmatch("[a-z-]+", folded) else ""
    return f"invalid {kind} '{text}'; write {listed(allowed, 'or')}{advice}"
