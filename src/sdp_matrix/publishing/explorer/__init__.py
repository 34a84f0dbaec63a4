"""The explorer: a page with style, script and data in it; its policy lets nothing else be fetched or run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files

from sdp_matrix.analysis.factcheck import FactcheckResult, factcheck
from sdp_matrix.analysis.grading import Explanation, explain_field
from sdp_matrix.analysis.matrix import matrix
from sdp_matrix.analysis.selection import Selection
from sdp_matrix.formats.table import TONES, Json
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area, Reference
from sdp_matrix.model.vocabulary import EU, GROUP_FIELD, SOURCED_FIELDS, Grade, Status, Verdict
from sdp_matrix.text_safety import HARMFUL
from sdp_matrix.views import matrix as matrix_view
from sdp_matrix.views.parts import area_data, attributes, mark, partner_data, record_data, sourced, weight
from sdp_matrix.views.show import mechanism_words

_SCRIPT = (  # in the order in which the modules build on each other; they share a scope
    *("elements", "data", "state", "matrix", "grid", "keys"),
    *("compare", "references", "evidence", "statements", "search", "download", "page"),
)
_SLOT = re.compile(r"\{\{(\w+)\}\}")
# In a script element, </script> would end the data, and older browsers take the last two for line ends.
_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def render(dataset: Dataset) -> str:
    """Put the page together; the same data give the same bytes."""
    style = _text("explorer.css").replace("/* palette */", _palette())
    script = "\n".join(['"use strict";', "(() => {", *(_text(f"script/{name}.js") for name in _SCRIPT), "})();"])
    data = embedded(explorer_data(dataset))
    parts = {"style": style, "script": script, "policy": _policy(style, script), "data": data}
    return _SLOT.sub(lambda slot: parts[slot[1]], _text("explorer.html"))  # in one go: data with {{ }} stay as they are


def embedded(data: Json) -> str:
    """Write JSON that cannot end its script element, and spells out what would turn or hide the text after it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # two backslashes: with a single one, a browser would make it the character again
    return HARMFUL.sub(lambda match: f"\\\\u{ord(match[0]):04x}", text).translate(_ESCAPES)


def _text(name: str) -> str:
    return files("sdp_matrix.publishing.explorer").joinpath(name).read_text("utf-8")


def _palette() -> str:
    """Return the colours of the looks as custom properties of a style sheet."""
    return "\n".join(
        f"--{look}-ground: light-dark({tone.tint}, {tone.shade}); --{look}-ink: light-dark({tone.shade}, {tone.tint});"
        for look, tone in TONES.items()
    )


def _policy(style: str, script: str) -> str:
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (script, style)]
    hashes = "script-src 'sha256-{}'; style-src 'sha256-{}'".format(*digests)
    others = "img-src data:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; {hashes}; {others}; require-trusted-types-for 'script'; trusted-types 'none'"


def explorer_data(dataset: Dataset) -> Json:
    """Return the data set as the page reads it; statuses and grades of a column are a digit per cell."""
    in_table = {p.id for p in dataset.in_table}
    newer = tuple(p.id for p in dataset.partnerships if p.id not in in_table)
    selections = {"all": Selection(everyone=True), "table": Selection(), "newer": Selection(partners=newer)}
    matrices = {name: matrix(dataset, selection, corrected=True) for name, selection in selections.items()}
    frames = {name: matrix_view.matrix(dataset, shown) for name, shown in matrices.items()}
    headings = dict(zip(dataset.table.columns, dataset.transcription.names, strict=True))
    departures = zip(matrices["all"].departures, frames["all"].notes, strict=True)
    return {
        "frames": {name: {"title": t.title, "caveat": t.caveat, "source": t.source} for name, t in frames.items()},
        "row_heading": dataset.transcription.row_heading,
        "printed_in": {"reference": dataset.table.reference, "locator": dataset.table.locator},
        "edition": dataset.edition.words,
        "colophon": sourced("", dataset),
        "statuses": [{"id": s, "words": s.words, "mark": mark(s).short or mark(s).text} for s in Status],
        "grades": [{"id": g, "words": g.words, "meaning": g.meaning} for g in Grade],
        "groups": [{"id": g.id, "title": g.title, "note": g.note} for g in dataset.groups],
        "header": [[{"title": c.title, "short": c.short, "group": c.group} for c in row] for row in dataset.header],
        "areas": [_area(area) for area in dataset.areas],
        "partners": [
            {"heading": headings.get(p.id, p.name), "in_table": p.id in in_table, **_partner(dataset, p)}
            for p in matrices["all"].partnerships
        ],
        "departures": [
            {"partner": d.partner, "field": d.field, "marker": note.marker, "text": note.text} for d, note in departures
        ],
        "statements": [_statement(result) for result in factcheck(dataset)],
        "verdicts": [{"id": v, "words": v.words} for v in Verdict],
        "references": {r.id: _reference(dataset, r) for r in dataset.references},
    }


def _area(area: Area) -> Json:
    return {
        **area_data(area),
        **record_data(area, "label", "aliases", "definition", "includes", "excludes", "borderline"),
        "examples": [area.examples.covered, area.examples.not_covered] if area.examples else None,
    }


def _partner(dataset: Dataset, partnership: Partnership) -> dict[str, Json]:
    cells = {area.id: explain_field(dataset, partnership, area.id) for area in dataset.areas}
    fields = [*SOURCED_FIELDS, *(GROUP_FIELD + m.group for m in partnership.groups)]
    return {
        **partner_data(partnership),
        "short": partnership.short_name,
        "aliases": partnership.aliases,
        "date": partnership.date.text if partnership.date.value else None,
        "date_words": dates.in_words(partnership.date.value),
        "title": partnership.title_words,
        "status": "".join(str(list(Status).index(partnership.status(area))) for area in cells),
        "grade": "".join(str(list(Grade).index(cell.grade)) for cell in cells.values()),
        "printed": "".join(str(list(Status).index(Status(c.printed))) for c in cells.values() if c.printed),
        "cells": {
            area: {
                **_explanation(cell),
                "evidence": [e.model_dump(mode="json") for e in partnership.coverage[area].evidence],
            }
            for area, cell in cells.items()
            if cell.note or cell.departure or partnership.coverage[area].evidence  # the rest rests on Table 1 alone
        },
        "fields": {field: _explanation(explain_field(dataset, partnership, field)) for field in fields},
        "signatories": [
            {"eu": s.party == EU, **record_data(s, "name", "office", "reference", "note")}
            for s in partnership.signatories
        ],
        "milestones": [
            {"date": dates.in_words(m.date), "event": m.event.words, **record_data(m, "place", "reference", "note")}
            for m in partnership.milestones
        ],
        "mechanisms": [
            {"kind": m.kind.words, "text": mechanism_words(m), **record_data(m, "reference", "locator")}
            for m in partnership.mechanisms
        ],
        "other_topics": [t.topic.words for t in partnership.other_topics if not t.planned],
    }


def _explanation(explanation: Explanation) -> dict[str, Json]:
    evidence: Json = [e.model_dump(mode="json") for e in explanation.evidence]
    return {**attributes(explanation, "value", "grade", "note", "departure"), "evidence": evidence}


def _statement(result: FactcheckResult) -> Json:
    statement, then = result.statement, result.then
    return {
        **record_data(statement, "paraphrase", "reference", "locator", "note"),
        "verdict": result.verdict,
        "now": result.now.words,
        "then": then.words if then else None,
        "then_day": dates.in_words(then.day) if then and then.day else None,
    }


def _reference(dataset: Dataset, reference: Reference) -> Json:
    return {
        **record_data(reference, "title", "publisher", "descriptive", "url", "note"),
        "weight": weight(dataset, reference),
        "kind": reference.kind.replace("-", " "),
        "date": dates.in_words(reference.date),
    }
