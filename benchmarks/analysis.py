"""How long patterns and likeness take on 2,000 partners by 200 areas, and how much memory they need.

Each question is asked in a process of its own, on data made in memory from a seed: twelve kinds of partnership, with
one cell in fifty drawn at random and one in twenty unknown, so that there are rules to be found; and, for patterns,
once more with every cell drawn at random. Seconds are those of the question and its answer as a table.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from datetime import date
from resource import RUSAGE_SELF, getrusage

from measure import Goal, table, versions, write

from sdp_matrix import load
from sdp_matrix.analysis.context import Context
from sdp_matrix.model.partnership import Area, Coverage, Partnership, Source, Sourced
from sdp_matrix.model.vocabulary import Act, Status
from sdp_matrix.views import patterns as patterns_view
from sdp_matrix.views import similarity as similarity_view

PARTNERS, AREAS, KINDS, SUPPORT = 2_000, 200, 12, 200
SECONDS = {"similarity": 5, "similarity --apart": 20, "patterns": 20, "patterns, random data": 20}
MEGABYTES = 500


def context(*, noise: float) -> Context:
    """Partners of a few kinds; `noise` is the share of cells that are drawn by chance instead."""
    chance = random.Random(1)  # noqa: S311 - not for secrets
    areas = tuple(Area(number=n, id=f"area-{n}", title=f"Area {n}", label=f"Area {n}") for n in range(1, AREAS + 1))
    kinds = [[chance.random() < 0.5 for _ in areas] for _ in range(KINDS)]  # noqa: PLR2004 - half of them
    partnerships = []
    for number in range(1, PARTNERS + 1):
        kind = kinds[number % KINDS]
        coverage = {area.id: _cell(chance, usual=kind[k], noise=noise) for k, area in enumerate(areas)}
        partnerships.append(_partnership(number, coverage))
    return Context(tuple(partnerships), areas)


def _cell(chance: random.Random, *, usual: bool, noise: float) -> Coverage:
    if chance.random() < 1 / 20:
        return Coverage(Status.UNKNOWN)
    present = chance.random() < 1 / 2 if chance.random() < noise else usual
    return Coverage(Status.COVERED if present else Status.NOT_COVERED)


def _partnership(number: int, coverage: dict[str, Coverage]) -> Partnership:
    return Partnership(
        id=f"partner-{number:04}",
        name=f"Partner {number:04}",
        title=f"Partnership with Partner {number:04}",
        act=Sourced(Act.SIGNED),
        date=Sourced(date(2025, 1, 1)),
        coded_from=Source("eprs-2026-03"),
        coverage=coverage,
    )


def ask(question: str) -> None:
    """Answer one question and print its seconds and the peak memory of this process."""
    partnerships, asked = load(), context(noise=1.0 if "random" in question else 0.02)
    start, note = time.perf_counter(), ""
    match question:
        case "similarity":
            similarity_view.similarity(partnerships, partnerships.similarity(asked))
        case "similarity --apart":
            similarity_view.apart(partnerships, partnerships.apart(asked))
        case _:
            found = partnerships.patterns(asked, min_support=SUPPORT)
            patterns_view.patterns(partnerships, found)
            note = f"{len(found.rules)} rules with up to {found.searched or AREAS} areas before the arrow"
    print(json.dumps([time.perf_counter() - start, getrusage(RUSAGE_SELF).ru_maxrss / 1024, note]))  # noqa: T201 - a script


def main() -> None:
    """Measure, print and write down the goals of the analysis."""
    goals, notes, memory = [], [], 0.0
    for question, limit in SECONDS.items():
        run = subprocess.run([sys.executable, __file__, question], check=True, capture_output=True, text=True)  # noqa: S603
        seconds, megabytes, note = json.loads(run.stdout)
        goals.append(Goal(f"`{question}`", seconds, limit, "s"))
        notes += [f"`{question}` found {note}."] * bool(note)
        memory = max(memory, megabytes)
    goals.append(Goal("peak memory of the largest", memory, MEGABYTES, "MB"))
    text = (
        f"{PARTNERS:,} partners by {AREAS} areas of generated data, 5 % unknown, in memory; `patterns` with "
        f"`--min-support {SUPPORT}`. One run each, one process each.\n\n{table(goals)}\n\n"
        f"{' '.join(notes)}\n\n{versions()}."
    )
    write("analysis", text)


if __name__ == "__main__":
    ask(sys.argv[1]) if sys.argv[1:] else main()
