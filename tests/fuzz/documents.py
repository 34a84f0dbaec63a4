"""Coverage-guided fuzzing of the reading of one partnership file: `python tests/fuzz/documents.py SECONDS`.

Looks for a crash, a hang of two seconds, or a file that is accepted but read otherwise than PyYAML's own reader does.
Needs atheris, which does not exist for every interpreter; files/test_robustness.py tries the same laws without it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

with atheris.instrument_imports(include=["sdp_matrix", "yaml"]):
    import yaml

    from sdp_matrix.files import disk, document, reader
    from sdp_matrix.files.scan import scan_files
    from sdp_matrix.model.partnership import Partnership
    from sdp_matrix.validation import rules

DATA = Path(__file__).parent.parent / "data"
PATH = "partnerships/albania.yaml"
SHIPPED = disk.read_folder(DATA).files
SECONDS = 2.0


def one(content: bytes) -> None:
    """Read one file in every way it is read, and hold what is accepted against a second reader."""
    begun = time.process_time()
    read = document.parse(f"data/{PATH}", content)
    record, problems = reader.read(read, Partnership)
    if record is None and not problems:  # an id of a wrong form is told by the rules
        scan = scan_files("data", {**SHIPPED, PATH: content})
        assert any(p.location.path == f"data/{PATH}" for p in rules.check(scan)), "neither a record nor a problem"
    for problem in problems:
        assert problem.location.line >= 1
        assert problem.location.column >= 1
    if read.value is not None and not read.problems:
        with suppress(yaml.YAMLError):  # it refuses some texts that libyaml takes, such as [a?b]
            assert read.value == yaml.load(content, Loader=yaml.BaseLoader), "two readers disagree"  # noqa: S506 - text only
    assert time.process_time() - begun < SECONDS


def main() -> None:
    """Fuzz for so many seconds, from the shipped files."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "30"
    with tempfile.TemporaryDirectory() as found:  # what it finds worth keeping goes here, not among the data
        options = [f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=1000", f"-artifact_prefix={found}/"]
        atheris.Setup([sys.argv[0], *options, found, str(DATA / "partnerships")], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
