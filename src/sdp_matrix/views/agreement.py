"""Our coding against another table, as a table: disagreements first, then how far the two agree."""

from __future__ import annotations

from collections.abc import Iterator

from sdp_matrix.analysis.agreement import Agreement, Tally
from sdp_matrix.analysis.agreement import Cell as Pair
from sdp_matrix.analysis.grading import explain
from sdp_matrix.formats.table import Cell, Column, Json, Look, Section, Table
from sdp_matrix.model import dates
from sdp_matrix.model.dataset import Dataset
from sdp_matrix.model.partnership import Evidence
from sdp_matrix.sanitize import flat
from sdp_matrix.views.explain import value_words
from sdp_matrix.views.parts import area_data, evidence_data, headings, sourced

_COLUMNS = (
    *(Column(name, machine_only=True) for name in ("partner_id", "area_id")),
    Column("partner"),
    Column("area", grows=True, min_width=24),
    Column("theirs"),
    Column("ours"),
    Column("evidence", grows=True, min_width=24),
)


def agreement(dataset: Dataset, found: Agreement, name: str) -> Table:
    """What the two tables say differently, each with our evidence; then agreement by area and by partner."""
    overall = found.overall
    outcome = f"{overall.agree} of {overall.compared} cells agree" if overall.compared else "no cell to compare"
    return Table(
        title=f"{flat(name)}: {outcome} with our coding",
        columns=_COLUMNS,
        header=(headings("Partner", "Area", "Theirs", "Ours", "Our evidence"),) if found.disagreements else (),
        sections=tuple(section for section in _sections(dataset, found) if section.rows),
        remarks=tuple(_remarks(found)),
        source=sourced("", dataset),
        wide=False,
        data=agreement_data(dataset, found, name),
    )


def _sections(dataset: Dataset, found: Agreement) -> Iterator[Section]:
    yield Section(tuple(_disagreement(dataset, pair) for pair in found.disagreements))
    areas = ((f"{area.number} {area.label}", tally) for area, tally in found.by_area)
    yield _tallies("Areas: n of m cells agree, alpha", areas)
    yield _tallies("Partners: n of m cells agree, alpha", ((p.name, tally) for p, tally in found.by_partner))


def _disagreement(dataset: Dataset, pair: Pair) -> tuple[Cell, ...]:
    one = explain(dataset, pair.partnership, pair.area.id)
    cited = (f"{_source(dataset, piece)}: {value_words(pair.area.id, piece.supports)}" for piece in one.evidence)
    return (
        Cell(pair.partnership.id),
        Cell(pair.area.id),
        Cell(pair.partnership.name),
        Cell(f"{pair.area.number} {pair.area.label}"),
        Cell(value_words(pair.area.id, str(pair.theirs)), value=str(pair.theirs), look=Look.WARNING),
        Cell(value_words(pair.area.id, str(pair.ours)), value=str(pair.ours)),
        Cell(f"{one.grade.words.capitalize()}. {'; '.join(cited) or 'No evidence'}."),
    )


def _source(dataset: Dataset, piece: Evidence) -> str:
    reference = dataset.reference(piece.reference)
    return ", ".join(filter(None, (reference.publisher, dates.in_words(reference.date), piece.locator)))


def _tallies(title: str, tallies: Iterator[tuple[str, Tally]]) -> Section:
    rows = tuple(
        (*[Cell()] * 3, Cell(name), Cell(f"{tally.agree} of {tally.compared}"), Cell(_alpha(tally)), Cell())
        for name, tally in tallies
        if tally.compared
    )
    return Section(rows, title, people_only=True)


def _alpha(tally: Tally) -> str:
    """Alpha to three places; a dash where all values are the same, because chance means nothing there."""
    return "–" if tally.alpha is None else f"{tally.alpha:.3f}"


def _remarks(found: Agreement) -> Iterator[str]:
    yield (
        f"Krippendorff's alpha over all cells, for nominal data: {_alpha(found.overall)}. 1 is perfect agreement, 0 is "
        "what chance would give, – is not defined because only one value occurs."
    )
    if found.left_out:
        yield f"{found.left_out} cells are not compared, because one of the two leaves them empty or unknown."
    if found.missing:
        yield f"Not in the file: areas {', '.join(str(area.number) for area in found.missing)}."


def agreement_data(dataset: Dataset, found: Agreement, name: str) -> Json:
    """The outcome in the shape of docs/json.md."""
    return {
        "file": name,
        "cells": {**_tally_data(found.overall), "left_out": found.left_out},
        "missing_areas": [area.id for area in found.missing],
        "disagreements": [_disagreement_data(dataset, pair) for pair in found.disagreements],
        "areas": [{**area_data(area), **_tally_data(tally)} for area, tally in found.by_area],
        "partners": [{"id": p.id, **_tally_data(tally)} for p, tally in found.by_partner],
    }


def _tally_data(tally: Tally) -> dict[str, Json]:
    return {"compared": tally.compared, "agree": tally.agree, "alpha": tally.alpha}


def _disagreement_data(dataset: Dataset, pair: Pair) -> Json:
    one = explain(dataset, pair.partnership, pair.area.id)
    return {
        "partner": pair.partnership.id,
        "area": pair.area.id,
        "theirs": str(pair.theirs),
        "ours": str(pair.ours),
        "grade": str(one.grade),
        "evidence": [evidence_data(piece) for piece in one.evidence],
    }
