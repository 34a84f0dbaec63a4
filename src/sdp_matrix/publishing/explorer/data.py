"""Everything that the explorer shows, as one JSON value; the page alone reads it."""

from __future__ import annotations

from collections.abc import Mapping

from sdp_matrix.analysis.factcheck import FactcheckResult, factcheck
from sdp_matrix.analysis.grading import Explanation, explain_field
from sdp_matrix.analysis.matrix import matrix
from sdp_matrix.analysis.selection import Selection
from sdp_matrix.formats.table import Json, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Partnership
from sdp_matrix.model.registers import Area, Reference
from sdp_matrix.model.vocabulary import EU, GROUP_FIELD, SOURCED_FIELDS, Grade, Status, Verdict
from sdp_matrix.views import matrix as matrix_view
from sdp_matrix.views.parts import area_data, evidence_data, mark, partner_data, record_data, sourced, weight
from sdp_matrix.views.show import mechanism_words


def explorer(dataset: Dataset) -> Json:
    """The data set as the explorer reads it; statuses and grades of a column are one character a cell."""
    everything = matrix(dataset, Selection(everyone=True), corrected=True)
    table = matrix_view.matrix(dataset, everything)
    in_table = {p.id for p in dataset.in_table}
    newer = tuple(p.id for p in everything.partnerships if p.id not in in_table)
    headings = dict(zip(dataset.table.columns, dataset.transcription.names, strict=True))
    departures: list[Json] = [
        {"partner": d.partner, "field": d.field, "marker": note.marker, "text": note.text}
        for d, note in zip(everything.departures, table.footnotes, strict=True)
    ]
    return {
        "frames": {
            "all": _frame(table),
            "table": _frame(matrix_view.matrix(dataset, matrix(dataset, Selection(), corrected=True))),
            "newer": _frame(matrix_view.matrix(dataset, matrix(dataset, Selection(partners=newer), corrected=True))),
        },
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
            for p in everything.partnerships
        ],
        "departures": departures,
        "statements": [_statement(result) for result in factcheck(dataset)],
        "verdicts": [{"id": v, "words": v.words} for v in Verdict],
        "references": {r.id: _reference(dataset, r) for r in dataset.references},
    }


def _frame(table: Table) -> Json:
    return {"title": table.title, "caveat": table.caveat, "source": table.source}


def _area(area: Area) -> Json:
    return {
        **area_data(area),
        **record_data(area, "label", "aliases", "definition", "includes", "excludes", "borderline"),
        "examples": [area.examples.covered, area.examples.not_covered] if area.examples else None,
    }


def _partner(dataset: Dataset, partnership: Partnership) -> Mapping[str, Json]:
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
            area: {**_explanation(cell), "evidence": [evidence_data(e) for e in partnership.coverage[area].evidence]}
            for area, cell in cells.items()
            if cell.note or cell.departure or partnership.coverage[area].evidence
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
    values = {name: getattr(explanation, name) for name in ("value", "grade", "note", "departure")}
    return {**values, "evidence": [evidence_data(e) for e in explanation.evidence]}


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
