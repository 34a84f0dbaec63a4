"""What the shells offer, asked the way each of them asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Run, run_sdp
from sdp_matrix import Partnerships
from sdp_matrix.cli.completion import names_for_completion

SHELLS = ("bash", "zsh", "fish")


def offered(shell: str, line: str, **environment: str) -> list[str]:
    """The words that the shell shows after a line; a blank at its end begins a new word."""
    words = line.split()
    asked = {
        "_SDP_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - (not line.endswith(" "))),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    ran = run_sdp(**asked, **environment)
    assert ran.err == ""
    shown = ran.out.replace("_arguments '*: :((", "").replace("))'", "").splitlines()
    return [word.split('":"')[0].split("\t")[0].strip('"') for word in shown if word and word != "_files"]


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_is_offered_commands_partners_and_areas(shell: str) -> None:
    assert offered(shell, "sdp ma") == ["matrix"]
    assert offered(shell, "sdp explain no") == ["north-macedonia", "norway"]
    assert offered(shell, "sdp matrix --area cy") == ["cyber", "cyber-capacity-building"]


@pytest.mark.parametrize(
    ("line", "expected"),
    {
        "sdp diff japan nor": ["north-macedonia", "norway"],
        "sdp diff uk,nor": ["uk,north-macedonia", "uk,norway"],
        "sdp diff nato-g": ["nato-global-partner"],
        "sdp matrix norway -g ef": ["efta"],
        "sdp matrix -f h": ["html"],
        "sdp matrix --cor": ["--corrected"],
        "sdp explain albania group:e": ["group:eu-candidate", "group:efta"],
        "sdp explain albania sig": ["signatories"],
        "sdp find --lacks mari": ["maritime-security"],
        "sdp show mari": ["maritime-security"],
        "sdp factcheck common-": ["common-to-all-nine", "common-to-all-six"],
        "sdp new prospect x --reference eprs-2026": ["eprs-2026-03"],
        "sdp validate -f ": ["text", "json", "github", "gitlab", "sarif"],
        "sdp cite -f b": ["bibtex"],
        "sdp list ref": ["references"],
        "sdp --ver": ["--version"],
        "sdp show zzz": [],
        "sdp nosuch z": [],
    }.items(),
)
def test_what_is_offered_fits_the_place(line: str, expected: list[str]) -> None:
    assert offered("bash", line) == expected


def test_the_folder_of_data_that_is_asked_for_is_read(folder: Path) -> None:
    (folder / "partnerships" / "norway.yaml").rename(folder / "partnerships" / "nowhere.yaml")
    assert offered("bash", f"sdp --data {folder} show now") == ["nowhere"]
    assert offered("bash", "sdp show now", SDP_DATA=str(folder)) == ["nowhere"]


@pytest.mark.parametrize("content", [b"\xff", b"areas: {", b"areas: text", b"- a", b""], ids=repr)
def test_broken_data_offer_nothing_and_say_nothing(folder: Path, content: bytes) -> None:
    (folder / "areas.yaml").write_bytes(content)
    assert list(names_for_completion("areas", str(folder))) == []
    assert list(names_for_completion("partners", str(folder / "nowhere"))) == []


def test_what_is_offered_is_what_the_data_have(partnerships: Partnerships) -> None:
    assert list(names_for_completion("partners")) == sorted(p.id for p in partnerships.partnerships)
    assert list(names_for_completion("areas")) == [a.id for a in partnerships.areas]
    assert list(names_for_completion("groups")) == [g.id for g in partnerships.groups]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_for_a_shell_can_be_shown(sdp: Run, shell: str) -> None:
    ran = sdp("--show-completion", shell)
    assert (ran.code, "_SDP_COMPLETE=complete_" in ran.out) == (0, True)
    assert "write one of bash, zsh, fish" in sdp("--show-completion", "tcsh").err


def test_the_version_is_that_of_the_program_and_of_the_data(sdp: Run, partnerships: Partnerships, folder: Path) -> None:
    ran = sdp("--version")
    assert ran.out.startswith("sdp ")
    edition = partnerships.edition
    assert ran.out.endswith(f"; 20 files in tests/data, edition {edition.version} of {edition.date}\n")
    (folder / "dataset.yaml").unlink()
    assert "of no known edition" in sdp("--version", SDP_DATA=str(folder)).out
    assert "of no known edition" in sdp("--data", str(folder), "--version").out
