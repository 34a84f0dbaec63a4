"""`verify FILE`: another table of areas by partners, read whole or refused at the place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Golden, Run, edit
from planting import CASES, spelt, unspelt
from sdp_matrix.validation.rules.rule import PLACE

BRIEFING = ROOT.parent / "shared" / "sources" / "eprs-briefing-2026-03.txt"


def written(file: Path, text: str) -> str:
    file.write_text(text, "utf-8", newline="")
    return str(file)


@pytest.mark.skipif(not BRIEFING.exists(), reason="the briefing lies beside the project")
def test_the_text_of_the_briefing_agrees_in_every_cell(sdp: Run) -> None:
    ran = sdp("verify", str(BRIEFING), "-f", "json")
    outcome = json.loads(ran.out)
    assert (ran.code, outcome["cells"]) == (0, {"compared": 234, "agree": 234})
    assert (outcome["departures"], outcome["unexplained"]) == ([], [])
    assert {part["reason"] for part in outcome["not_read"]} == {"above the table", "below the table", "not an area"}


OWN = [
    "matrix",
    "matrix --all",
    "matrix --all --grades",
    "matrix --all --evidence",
    "matrix iceland uk -a cyber -a space",
    "matrix --corrected",
]


@pytest.mark.parametrize("suffix", ["csv", "json"])
@pytest.mark.parametrize("command", OWN)
def test_our_own_tables_are_read_back_whole(sdp: Run, tmp_path: Path, command: str, suffix: str) -> None:
    file = tmp_path / f"own.{suffix}"
    assert sdp(*command.split(), "-o", str(file)).code == 0
    ran = sdp("verify", str(file), "-f", "json")
    outcome = json.loads(ran.out)
    compared = {"--all": 312, "iceland": 4}.get(command.split()[1] if " " in command else "", 234)
    assert (ran.code, outcome["cells"]) == (0, {"compared": compared, "agree": compared})
    assert (outcome["not_read"], len(outcome["absent"])) == ([], 32 if "iceland" in command else 0)
    named = [line for line in sdp("verify", str(file)).out.splitlines() if line.startswith("Not in the file Moldova; ")]
    assert bool(named) is ("iceland" in command)


def test_the_long_form_of_the_export_is_read_back_whole(sdp: Run, tmp_path: Path) -> None:
    assert sdp("export", str(tmp_path / "x")).code == 0
    ran = sdp("verify", str(tmp_path / "x" / "coverage.csv"), "-f", "json")
    assert (ran.code, json.loads(ran.out)["cells"]) == (0, {"compared": 312, "agree": 312})
    assert json.loads(ran.out)["not_read"] == []


def test_each_difference_is_listed_with_both_values(sdp: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "x.csv", ",Japan,India,Iceland\n6,✗,✗,?\n3,✓,?,✓\n")
    ran = sdp("verify", file, "-f", "json")
    outcome = json.loads(ran.out)
    assert (ran.code, outcome["cells"]) == (1, {"compared": 6, "agree": 3})
    assert outcome["unexplained"] == [
        {"partner": "japan", "field": "stratcom-fimi", "published": "not-covered", "ours": "covered"},
        {"partner": "india", "field": "cyber", "published": "unknown", "ours": "covered"},
        {"partner": "iceland", "field": "cyber", "published": "covered", "ours": "unknown"},
    ]
    shown = " ".join(sdp("verify", file).out.split())
    assert "x.csv: 3 of 6 cells agree with our values" in shown
    assert "Japan, 6 STRATCOM and FIMI printed not covered, ours covered" in shown


def test_a_difference_that_is_a_departure_from_the_published_table_has_its_reason(sdp: Run, folder: Path) -> None:
    changed = "  border-management:\n    status: covered\n    departure: The text is silent.\n"
    edit(folder / "partnerships" / "japan.yaml", "  border-management: not-covered\n", changed)
    table = written(folder.parent / "x.csv", ",Japan\nBorder management,✗\n15,✓\n")
    ran = sdp("--data", str(folder), "verify", table, "-f", "json")
    outcome = json.loads(ran.out)
    assert (ran.code, outcome["cells"], outcome["unexplained"]) == (0, {"compared": 2, "agree": 1}, [])
    assert [departure["reason"] for departure in outcome["departures"]] == ["The text is silent."]


TABLES = CASES / "tables.txt"
HEAD, *BLOCKS = TABLES.read_text("utf-8").split("\n== ")
ERROR = re.compile(r"^(?:sdp: )?.*x\.csv:(?:(\d+):(\d+): error:)? (.*?)(?: \[[a-z-]+\])?$", re.MULTILINE)


def test_each_table_is_read_or_refused_as_written(sdp: Run, tmp_path: Path, golden: Golden) -> None:
    recorded = [record(sdp, tmp_path / "x.csv", block) for block in BLOCKS]
    golden("../cases/tables.txt", "\n".join([HEAD, *recorded]))


def record(sdp: Run, file: Path, block: str) -> str:
    """Return a case with what is reported of its table."""
    name, *lines = block.rstrip("\n").split("\n")
    text = unspelt("\n".join(line[1:] for line in lines if line[0] == "+").replace(PLACE, ""))
    ran = sdp("verify", written(file, f"{text}\n"), "-f", "json")
    rows, errors = text.split("\n"), ERROR.findall(ran.err)
    for line, column, _ in reversed(errors):
        if line:
            row = rows[int(line) - 1]
            rows[int(line) - 1] = row[: int(column) - 1] + PLACE + row[int(column) - 1 :]
    reports = [f"! {message}" for *_, message in errors] or [*readings(json.loads(ran.out))]
    assert ran.code == (2 if errors else any(report.startswith("= printed") for report in reports)), name
    assert bool(errors) is not bool(ran.out), name
    return "\n".join([f"== {name}", *map("+{}".format, map(spelt, rows)), *reports, "", ""])


def readings(outcome: dict[str, Any]) -> Iterator[str]:
    """Yield how much of a table agrees, what differs, and what is not read."""
    yield "= {agree} of {compared} cells agree".format(**outcome["cells"])
    yield from map("= printed {published}, ours {ours}: {partner}, {field}".format_map, outcome["unexplained"])
    yield from map("= not read, {reason}: {line}:{column} {text!r} ({cells})".format_map, outcome["not_read"])


def test_what_is_not_read_is_named_with_its_reason(sdp: Run, tmp_path: Path) -> None:
    text = "Title, one\n,,Japan,Note,,UK\n,Date,1 Nov. 2024,,\n6,STRATCOM,✓,weak,,✓\n19,Own words,✗,good,so\nEnd\n"
    file = written(tmp_path / "x.csv", text)
    assert json.loads(sdp("verify", file, "-f", "json").out)["not_read"] == [
        {"line": 1, "column": 1, "last_line": 1, "cells": 2, "text": "Title", "reason": "above the table"},
        {"line": 2, "column": 9, "last_line": 5, "cells": 3, "text": "Note", "reason": "not a partner"},
        {"line": 3, "column": 2, "last_line": 3, "cells": 2, "text": "Date", "reason": "not an area"},
        {"line": 5, "column": 4, "last_line": 5, "cells": 1, "text": "Own words", "reason": "not an area"},
        {"line": 5, "column": 15, "last_line": 5, "cells": 1, "text": "UK", "reason": "no mark"},
        {"line": 5, "column": 21, "last_line": 5, "cells": 1, "text": "so", "reason": "no heading"},
        {"line": 6, "column": 1, "last_line": 6, "cells": 1, "text": "End", "reason": "below the table"},
    ]
    shown = " ".join(sdp("verify", file).out.split())
    assert "Lines 2–5 not a partner: 'Note' and 2 more cells" in shown


def test_a_file_that_cannot_be_read_is_refused(sdp: Run, tmp_path: Path) -> None:
    for content, words in [
        ("Türkei,Japan\n".encode("latin-1"), "not UTF-8"),
        (b"PK\3\4", "as CSV"),
        (b"[" * 100_000, "nesting depth"),
        (",UK".encode("utf-16-be"), "UTF-16"),
    ]:
        (tmp_path / "x.csv").write_bytes(content)
        ran = sdp("verify", str(tmp_path / "x.csv"))
        assert (ran.code, ran.out) == (2, "")
        assert words in ran.err
    assert "No such file" in sdp("verify", str(tmp_path / "y.csv")).err
    assert sdp("verify", str(tmp_path)).code == 2
