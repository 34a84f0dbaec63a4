"""`verify FILE`: another table of areas by partners, read whole or refused at the place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import ROOT, Run

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


OWN = ["matrix", "matrix --all", "matrix --all --grades", "matrix iceland uk -a cyber -a space", "matrix --corrected"]


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
    file = folder / "partnerships" / "japan.yaml"
    text = file.read_text("utf-8")
    changed = "  border-management:\n    status: covered\n    departure: The text is silent.\n"
    assert "\n  border-management: not-covered\n" in text
    file.write_text(text.replace("  border-management: not-covered\n", changed), "utf-8")
    table = written(folder.parent / "x.csv", ",Japan\nBorder management,✗\n15,✓\n")
    ran = sdp("--data", str(folder), "verify", table, "-f", "json")
    outcome = json.loads(ran.out)
    assert (ran.code, outcome["cells"], outcome["unexplained"]) == (0, {"compared": 2, "agree": 1}, [])
    assert [departure["reason"] for departure in outcome["departures"]] == ["The text is silent."]


# Of areas 3, 6 and 19, Japan has 3 and 6, India 3 and 19; 22 exists already for the United Kingdom.
SOUND = {
    "metadata that names a partner": ("Compared with:,,UK,\nNo.,Area,Japan,India\n6,STRATCOM and/or FIMI,✓,✗\n", 2),
    "a title with commas": ("Partnerships with Japan, India, Norway\nNo.,Area,Japan,India\n6,STRATCOM,✓,✗\n", 2),
    "a title line above semicolons": ("Second coding, round two\n;Japan;India\n6;✓;✗\n", 2),
    "sep line": ("sep=;\n;Japan;India\n6;✓;✗\n", 2),
    "bom and crlf": ("\ufeff,Japan,India\r\n6,✓,✗\r\n", 2),
    "marks from a phone": (",Japan,India\n6,✓\ufe0f,✗\ufe0e\n", 2),
    "words in any case": (",UK,JP\n22,already-exists,Covered\n19,COVERED,Not covered\n3,Covered ,✓\n", 6),
    "grades beside words": (",Japan,India\n6,covered (corroborated),not-covered (single-source)\n", 2),
    "unknown as our tables write it": (",Iceland,Ghana\n3,?,✓\n6,unknown,?\n", 4),
    "numbers as spreadsheets write them": (",Japan,India\n6.0,✓,✗\n3.,✓,✓\n#19,✗,✓\n", 6),
    "number with its title": (
        ",Japan,India\n6 STRATCOM and/or FIMI,✓,✗\n3. Cyber issues,✓,✓\n19: consular matters,✗,✓\n",
        6,
    ),
    "names of every kind": ("area,nippon,UNITED KINGDOM,rok,in\nstratcom-fimi,✓,✓,✓,✗\nSTRATCOM and FIMI,,,,\n", 4),
    "a title of its own beside the number": ("No.,Area,Japan,India\n6,Strategic communication,✓,✗\n", 2),
    "groups, dates, sections and a comment": (
        ',,NATO Global Partners,,\n,,Japan,India,Note\n,Date,1 Nov. 2024,unknown,\nSoft,,,,\n6,STRATCOM,✓,✗,"a ""b"""',
        2,
    ),
    "a source that names a partner": (",Japan,India\n6,✓,✗\nSource: Norway, Japan\n", 2),
    "a section column": ("No.,Section,Area,Japan,India\n6,Soft,STRATCOM and/or FIMI,✓,✗\n", 2),
    "a comment of two lines": (',Japan,India,Note\n6,✓,✗,"first\nsecond, third"\n19,✗,✓,\n', 4),
    "the header again on the next page": (",Japan,India\n6,✓,✗\n\n,Japan,India\n19,✗,✓\n", 4),
    "No is a number, not Norway": ("No,Area,Japan,NO\n6,STRATCOM and/or FIMI,✓,✓\n", 2),
    "prose with open quotes": ('He said: "see\n"We will," she said, again.\n,Japan,India\n6,✓,✗\n"more\n', 2),
    "a table in quotes": ('"","Japan","India"\r\n"6","✓","✗"\r\n', 2),
    "pipes, as in a page of text": ("| No. | Area | Japan | India |\n|---|---|:-:|:-:|\n| 6 | STRATCOM | ✓ | ✗ |\n", 2),
    "a title of two lines": (',Japan\n"STRATCOM and/or\nFIMI",✓\n', 1),
    "No above the numbers, in any column": ("Section,No,Area,Japan\nSoft,6,STRATCOM,✓\n", 1),
    "numbers between partners": ("No.,Japan,Pages,India\n6,✓,3,✗\n", 2),
    "republics as in alphabetical lists": (',Moldova (Republic of),"Korea, Rep."\nArea 6,✓,✓\n#03,✓,✓\n', 4),
    "sums": (",Japan,India,Sum\n6,✓,✗,1\n3,✓,✓,2\nSum,2,1,3\n", 4),
    "an area that the second half repeats without marks": (",Japan\n6,\n6,✓\n", 1),
    "long form below its maker": ("Made by,Norway\npartner,area,status,present\njapan,6,covered,true\n", 1),
    "json, long form": ('[{"partner": "uk", "area": 22, "status": "already-exists", "grade": "unknown"}]', 1),
    "long form": ("area;partner;coder;status\n6;Japan;A;covered\n19;India;A;✓\nSource: us;;;\n", 2),
    "json records": ('[{"area": "cyber", "japan": "covered",\n\t"india": "\\u2713"}]', 2),
    "json, keys in any order": ('[{"japan": "✓", "area": 6}, "a remark", {"title": "Cyber issues", "japan": "✓"}]', 2),
    "json by area": ('{"areas": [{"number": 6, "coverage": {"japan": "covered", "uk": null}}]}', 1),
}


@pytest.mark.parametrize(("text", "compared"), SOUND.values(), ids=SOUND)
def test_a_sound_table_is_read(sdp: Run, tmp_path: Path, text: str, compared: int) -> None:
    ran = sdp("verify", written(tmp_path / "x.csv", text), "-f", "json")
    assert ran.err == ""
    assert (ran.code, json.loads(ran.out)["cells"]) == (0, {"compared": compared, "agree": compared})


FAULTY = {
    # the header
    "two lines name partners": (",Japan,India\n,¦UK,Norway\n6,✓,✗\n", "'UK' is below japan"),
    "authors outnumber the header": (
        "Authors,UK,Norway,Japan\n,¦Japan,India\n6,✓,✗\n",
        "'Japan' is below united-kingdom",
    ),
    "a partner twice": (",Japan,¦nippon\n6,✓,✗\n", "'nippon' is japan, as is 'Japan'"),
    "a second header": (",Japan,India\n6,✓,✗\n,¦India,Japan\n19,✓,✗\n", "'India' is below japan"),
    "no header": ("6,✓,✗\n3,✓,✓\n", "no line names partners"),
    "partners as rows": (",Cyber issues,Space security and defence\nJapan,✓,✓\nIndia,✓,✓\n", "no line names partners"),
    "empty": ("", "no line names partners"),
    "misspelt areas alone": (",Japan,India\n¦Ciber issues,✓,✓\n", "did you mean 'cyber issues'"),
    "a column before misspelt areas": ("No.,Area,Japan,India\n,¦Stratcomm,✓,✗\n", "did you mean 'stratcom'"),
    "no areas and no marks": (",Japan,India\nSoft,yes,no\n", "begin each row with its area"),
    "a second table on the right": (
        "No.,Area,Japan,,No.,Area,UK\n6,STRATCOM,✓,,¦3,Cyber issues,✓\n",
        "about stratcom-fimi and about cyber (2 cells)",
    ),
    "nothing to compare": (",Japan,India\n6,,\n3,,\n", "no mark to compare"),
    # columns
    "an unknown heading": (",Japan,¦Repub. of Korea,India\n6,✓,✗,✓\n", "did you mean 'republic of korea'"),
    "a heading with a footnote sign": (",Japan,¦South Korea*\n6,✓,✗\n", "no partner 'South Korea*'"),
    "a heading with some other words below": (",Japan,¦Korea?\n6,✓,✗\n3,✓,n.a.\n19,✗,✓\n", "no partner 'Korea?'"),
    "marks under an empty heading": (",Japan,,India\n6,✓,¦✓,✗\n", "outside the columns"),
    "a mark among comments": (",Japan,¦Note\n6,✓,weak\n3,✓,good\n19,✗,✓\n", "no partner 'Note'"),
    # rows
    "a row of other words": (",Japan,India\n6,✓,✗\nMaritime security,¦no,no\n", "'no' is not a mark"),
    "all rows of other words": (",Japan,India\n6,¦yes,yes\n3,yes,yes\n", "'yes' is not a mark (4 cells)"),
    "an open quote": ('No.,Area,Japan,India,Note\n6,STRATCOM,✓,✗,¦"see para 4\n19,Consular matters,✓,✗,\n', "quote"),
    "a quote closed rows later": (',Japan,India,Note\n6,✓,✗,¦"see 4\n19,✓,✗,"\n3,✓,✓,\n', "quote"),
    "text after a quote": (',Japan,India,Note\n6,✓,✗,¦"so" and\n', "quote"),
    "a row shifted right": ("No.,Area,Japan,India\n6,STRATCOM and/or FIMI,,✓,¦✗\n", "outside the columns"),
    "a row shifted left": ("No.,Area,Japan,India\n3,Cyber issues,✓,✓\n19,UK,✓,✗\n6,¦✓,✗\n", "outside the columns"),
    "a row shifted out": ("No.,Area,Japan,India\n3,Cyber issues,✓,✓\n6,STRATCOM,,,¦✓,✗\n", "outside the columns"),
    "a row parted by another sign": (",Japan,India\n¦6;✓;✗\n3,✓,✓\n", "a row of marks in one cell"),
    "areas right of the partners": ("Japan,India,Area\n¦✓,✗,STRATCOM\n", "without an area"),
    "a page number that is another area's": ("Page,Area,Japan\n12,¦STRATCOM,✓\n", "about border-management and"),
    "a conflict of git": (",Japan,India\n¦<<<<<<< HEAD\n6,✓,✗\n", "git could not merge"),
    "a null inside a name": (",¦Japan\0,India\n6,✓,✗\n", "did you mean 'japan'"),
    "a second status": ("area,¦status,Japan\n6,covered,✓\n", "no partner 'status'"),
    "a row above the header": ("¦Cybr issues,✓,✗\n,Japan,India\n6,✓,✗\n", "no area 'Cybr issues'"),
    "a row without a label": (",Japan,India\n6,✓,✗\n,¦✓,✗\n", "without an area"),
    "a number of no area": (",Japan,India\n¦27,✓,✗\n6,✓,✗\n", "no area '27'"),
    "a wrong number beside a right title": ("No.,Area,Japan\n6,STRATCOM,✓\n¦99,Cyber issues,✓\n", "no area '99'"),
    "number and title of two areas": ("No.,Area,Japan\n6,¦Cyber issues,✓\n", "about stratcom-fimi and about cyber"),
    "number and title of two areas in a cell": (",Japan\n3,✓\n¦6 Cyber issues,✓\n", "no area '6 Cyber issues'"),
    "two rows of one area": (",Japan,India\n6,✓,✗\ncyber,✓,✓\n¦6 STRATCOM,✓,✗\n", "line 2 already"),
    # names in full, and signs of footnotes
    "a beginning of an area": (",Japan,India\n6,✓,✗\n¦B,✓,✗\n", "no area 'B'"),
    "a roman number": (",Japan,India\n6,✓,✗\n¦Ⅵ,✓,✓\n", "no area 'Ⅵ'"),
    "a number with a footnote": (",Japan,India\n6,✓,✗\n¦1²,✓,✓\n", "no area '1²'"),
    "a mark with a footnote": (",Japan,India\n6,¦✓¹,✗\n", "'✓¹' is not a mark"),
    "outline numbers": (",Japan,India\n3,✓,✗\n¦1.2,✓,✗\n", "no area '1.2'"),
    "a full-width number": (",Japan,India\n6,✓,✗\n¦３,✓,✗\n", "no area '３'"),
    "a cell of two lines": (',Japan\n6,¦"✓\n✗"\n', "'✓ ✗', in two lines, is not a mark"),
    "half a mark": (",Japan,India\n6,¦✓-,✗\n3,✓,✓\n", "'✓-' is not a mark"),
    "two marks in a cell": (",Japan,India\n6,¦✓ ✗,✗\n", "'✓ ✗' is not a mark"),
    # other forms
    "long form, no partner": ("partner,area,status\n¦Japn,6,covered\n", "did you mean 'japan'"),
    "long form, no name": ("area,status,partner\n6,¦covered\n", "no partner for these marks"),
    "long form, no area": ("partner,area,status\njapan,6,covered\njapan,¦66,covered\n", "no area '66'"),
    "long form, twice": ("partner,area,status\njapan,6,covered\n¦JP,6,✓\n", "line 2 already"),
    "long form, no mark": ("partner,area,status\njapan,6,¦yes\n", "'yes' is not a mark"),
    "long form, a second coder": ("partner,area,status,second\njapan,6,✓,¦✗\n", "a second column"),
    "a pointer of Git LFS": ("¦version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
    "json misspelt": ('{"areas": [{"number": 6,\n "coverage": {¦"japn": "covered", "uk": "covered"}}]}', "'japn'"),
    "json of two lines alike": (
        '[{"partner": "uk", "area": "6", "status": "✓"}, {"partner": ¦"UK", "area": "6", "status": "✗"}]',
        "line 1 already",
    ),
    "json of a key twice": ('{"areas": [{"number": 6, "coverage": {"uk": "✓", ¦"uk": "✗"}}]}', "duplicate key"),
    "json of a partner twice": ('[{"area": 6, "uk": "✓", "coverage": {¦"uk": "✗"}}]', "'uk' is united-kingdom, as"),
    "json of a status for all": ('{"areas": [{"number": 6, "uk": "✓", ¦"coverage": "✓"}]}', "no partner 'coverage'"),
    "json cut": ('{"areas": [¦{"id": "cyber"', "not closed"),
    "json of something else": ('{"rows": [1, 2]}', "no line names partners"),
    "json too deep": ("[" * 100_000, "nesting depth"),
}
"""A bar stands where the error is."""


@pytest.mark.parametrize(("text", "words"), FAULTY.values(), ids=FAULTY)
def test_what_cannot_be_placed_is_an_error_at_its_place(sdp: Run, tmp_path: Path, text: str, words: str) -> None:
    before, bar, after = text.partition("¦")
    file = written(tmp_path / "x.csv", before + after)
    ran = sdp("verify", file)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1
    if bar:
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        assert f"{file}:{line}:{column}: error: " in ran.err


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
        (",UK".encode("utf-16-be"), "UTF-16"),
    ]:
        (tmp_path / "x.csv").write_bytes(content)
        ran = sdp("verify", str(tmp_path / "x.csv"))
        assert (ran.code, ran.out) == (2, "")
        assert words in ran.err
    assert "No such file" in sdp("verify", str(tmp_path / "y.csv")).err
    assert sdp("verify", str(tmp_path)).code == 2
