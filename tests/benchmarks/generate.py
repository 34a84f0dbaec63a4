"""Make sound data folders of any size, always the same; three partners are in the table."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, timedelta
from pathlib import Path

AREAS = [f"area-{number}" for number in range(1, 27)]
KNOWN = 8
"""Cells per partnership outside the table that are known; each of so many cites a source of its own."""
STATUSES = ("covered", "covered", "not-covered")
PUBLISHERS = ("Observatory", "Ministry", "Agency", "Institute", "Gazette")


def generate(folder: Path, partners: int) -> None:
    """Write a data folder with so many partners."""
    chance = random.Random(1)  # noqa: S311 - not for secrets
    for name in ("", "partnerships", "tables"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    files = _shared()
    columns = [f"partner-{n:05}" for n in range(1, 4)]
    for number in range(1, partners + 1):
        name = f"partner-{number:05}"
        cited = set(chance.sample(AREAS, KNOWN))
        known = AREAS if name in columns else cited
        statuses = {area: chance.choice(STATUSES) if area in known else "unknown" for area in AREAS}
        files[f"partnerships/{name}.yaml"] = _partnership(name, number, statuses, cited, chance)
        if name in columns:
            files[f"{name}.column"] = "\n".join(statuses.values())
    marks = [files.pop(f"{name}.column").splitlines() for name in columns[:partners]]
    files |= _table(columns[:partners], marks)
    for path, text in files.items():
        (folder / path).write_text(text, "utf-8")


def _shared() -> dict[str, str]:
    areas = "".join(
        f"  - number: {n}\n    id: {area}\n    title: Area of cooperation {n}\n    label: Area {n}\n"
        for n, area in enumerate(AREAS, 1)
    )
    references = "".join(
        f"  - id: source-{n}\n    title: Report number {n}\n    publisher: {publisher}\n"
        f"    standing: press\n    kind: news\n    date: 2020-01-01\n"
        for n, publisher in enumerate(PUBLISHERS, 1)
    )
    return {
        "areas.yaml": f"areas:\n{areas}",
        "references.yaml": f"references:\n{references}",
        "groups.yaml": "groups:\n  - id: group-a\n    title: Group A\n    reference: source-1\n",
        "prospects.yaml": "prospects: []\n",
        "statements.yaml": "statements: []\n",
        "dataset.yaml": (Path(__file__).parent.parent / "data" / "dataset.yaml")
        .read_text("utf-8")
        .replace("eprs-2026-03", "source-1"),
    }


def _partnership(name: str, number: int, statuses: dict[str, str], cited: set[str], chance: random.Random) -> str:
    cells = "".join(
        _cell(area, status, chance) if area in cited else f"  {area}: {status}\n" for area, status in statuses.items()
    )
    source, day = (
        f"    - reference: source-{number % len(PUBLISHERS) + 1}\n      supports: ",
        date(2000, 1, 1) + timedelta(days=number),
    )
    return (
        f"id: {name}\nname: Partner {number:05}\naliases: []\n"
        f"act:\n  value: signed\n  evidence:\n{source}signed\n"
        f"date:\n  value: {day}\n  evidence:\n{source}{day}\n"
        f"signatories:\n  - party: EU\n    name: Person {number:05}\n    reference: source-2\n"
        f"  - party: Partner {number:05}\n    name: Somebody {number:05}\n    reference: source-3\n"
        f"groups:\n  - group: group-a\n    evidence:\n  {source.replace('  supports', '    supports')}member\n"
        f"coverage:\n{cells}"
    )


def _cell(area: str, status: str, chance: random.Random) -> str:
    source = chance.randrange(1, len(PUBLISHERS) + 1)
    return (
        f"  {area}:\n    status: {status}\n    evidence:\n      - reference: source-{source}\n"
        f"        locator: Section {source}\n        supports: {status}\n        note: seen in passage {source}\n"
    )


def _table(columns: list[str], marks: list[list[str]]) -> dict[str, str]:
    printed = {"covered": "✓", "not-covered": "✗"}
    listed = "".join(f"  - {column}\n" for column in columns)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["", "Areas", "Group A", *[""] * (len(columns) - 1)])
    writer.writerow(["", "Partner", *(c.replace("-", " ").capitalize() for c in columns)])
    writer.writerow(["", "Date", *(f"{n + 1} Jan. 2000" for n in range(1, len(columns) + 1))])
    for row in range(len(AREAS)):
        writer.writerow([row + 1, f"Area of cooperation {row + 1}", *(printed[column[row]] for column in marks)])
    return {
        "tables/table-1.csv": out.getvalue(),
        "tables/table-1.yaml": f"id: table-1\ntitle: Areas by partner\nreference: source-1\nlocator: Table 1\n"
        f"columns:\n{listed}groups:\n  - title: Group A\n    group: group-a\n"
        "marks:\n  covered: ✓\n  not-covered: ✗\n  already-exists: E\npublished_note: Nothing is missing.\n",
    }
