"""What people ask and type first, and where it leads them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from conftest import Run, committed, library, with_needs

QUESTIONS = {
    "Who covers space?": ("show space", "Present in 6 of 9"),
    "Where do Japan and India differ?": ("diff japan india", "6 of 26 areas differ"),
    "Since when has Norway a partnership?": ("show norway", "28 May 2024"),
    "Why has the United Kingdom consular matters?": ("explain uk consular", "contradicts itself"),
    "On which values do sources disagree?": ("list contested", "Consular matters"),
    "Who signed for the EU?": ("explain all signatories", "Kaja Kallas"),
    "What has changed since edition 1?": ("changes 1.0.0", "covered → not covered"),
    "Is my table right?": ("verify mine.csv", "233 of 234"),
    "How is it cited?": ("cite data -f bibtex", "Data set"),
    "How does it get into a spreadsheet or database?": ("export out", ""),
    "And on a slide?": ("plot matrix -o table.png", ""),
    "Which NATO allies lack maritime security?": ("find --group nato --lacks maritime", "albania"),
    "Which are the newest two?": ("matrix --newest 2", "Ghana"),
    "Who signed in 2025?": ("find --signed-after 2024 --signed-before 2026", "united-kingdom"),
    "How far is Switzerland?": ("list prospects", "Switzerland"),
    "Who says what on consular matters?": ("factcheck --area 'Consular matters'", "consular"),
}
"""Questions of an analyst, the one command that answers each, and what the answer holds."""

WORKS = {
    "help": "Usage: sdp",
    "help diff": "Usage: sdp diff",
    "help new partner": "Usage: sdp new partner",
    "version": "sdp ",
    "compare japan india": "Japan and India",
    "table japan": "Table 1",
    "search --covers space": "Space security and defence",
    "check": "",
    "explain consular uk": "United Kingdom",
    "list partners --all": "Albania",
    "timeline --all": "Albania",
    "list partner": "Albania",
    "matrix --as-of 'June 2025'": "as of 30 June 2025",
    "show ukraine": "also a prospect; see 'sdp list prospects'",
    "--no-pager list areas": "maritime-security",
}
"""Words that work, and what the answer holds."""

MISUSE_TABLE = """
japan india => sdp diff japan india | japan => sdp show japan | japan space --all => sdp explain japan space
space japan => sdp explain japan space | nato => sdp matrix nato-ally
nato western-balkans => sdp diff nato-ally western-balkans | consular => sdp show consular-matters
space cyber => sdp show space,cyber | uk-seventh => sdp factcheck uk-seventh | switzerland => sdp list prospects
areas => sdp list areas | init => sdp new --help | zzz => sdp --help | po => did you mean plot?
matrx => did you mean matrix? | compare => Usage: sdp diff | matrix EU => sdp list partners
show EU => sdp list partners | diff japan 'European Union' => sdp list partners
show united kingdom => sdp show united-kingdom | matrix united kingdom => sdp matrix united-kingdom
diff united kingdom japan => sdp diff united-kingdom japan
explain united kingdom space => sdp explain united-kingdom space | diff japan vs india => sdp diff japan india
diff japan and india => sdp diff japan india | diff uk ukraine => sdp list prospects
explain consular => sdp show consular-matters | explain uk japan => sdp diff united-kingdom japan
explain uk xx => sdp explain --help | show japan india => sdp diff japan india | list countries => list partners
find maritime-security => sdp find --covers maritime-security | find japan => sdp show japan
find nato => sdp matrix nato-ally | find --covers japan => sdp show japan
find --not-covers space => sdp find --lacks space | find --has space => sdp find --covers space
find --covres=space => sdp find --covers space | find --since 2025 => sdp find --signed-after 2024-12-31
timeline 2025 => sdp find --signed-after 2024-12-31 --signed-before 2026-01-01
diff Japan vs. India => diff japan india | matrix --partners=japan,india => sdp matrix japan india
MATRIX => did you mean matrix? | --data => 'sdp --help' | --pager matrix => SDP_PAGER | matrix --limit x => --newest 2
--data data matrix --output => sdp matrix --help | timeline --since 2025 => sdp find --signed-after 2024-12-31
timeline --until 'June 2025' => sdp timeline --as-of 'June 2025' | does japan cover space => sdp explain japan space
matrix maritime => sdp matrix --area maritime-security | matrix switzerland => sdp list prospects
matrix --area japan => sdp matrix japan | matrix --partner japan => sdp matrix japan | sql select 1 => Example
timeline --partner japan => sdp timeline japan | list --partner japan => sdp show japan
factcheck --partner japan => sdp show japan | factcheck --check => sdp validate | diff --partner japan => sdp diff japan
show japan --area space => sdp explain japan space | matrix --json => sdp matrix -f json
sql 'select 1 where 1=1' --json => sdp sql 'select 1 where 1=1' -f json
cite --bibtex => sdp cite -f bibtex | cite --json => sdp cite --help | plot --json => sdp plot --help
version --json => sdp --help | --format json matrix => after its name
matrix --data tests/data => before the name of the command | matrix --color never => NO_COLOR=1
matrix --output => sdp matrix --help | matrix -o table.png => sdp plot matrix -o table.png
matrix -f latex => docx, xlsx, csv or json | matrix --as-of 31.1.2025 => write 2025-06-30
matrix --newest two => write a number such as 2 | find --topic x => 'arctic' | find '' => Usage: sdp find
list foo => sdp list --help | factcheck xx => sdp list statements | show eeas => eeas-albania-2024
show , => sdp list partners | new country => partner, reference, prospect
new partner ../x => invalid id '../x'; write lower-case words joined by hyphens: x
new partner New_York --name X => hyphens: new-york | sql 'drop table partners' => sdp export sdp-data
--install-completion => --show-completion | matrix indai => did you mean india? | matrix --area 27 => no area '27'
matrix --area cybr => did you mean cyber | matrix --as-of 2025-02-30 => is not a day, month or year
"""
MISUSE: dict[str, str] = {
    **dict(row.split(" => ", 1) for row in MISUSE_TABLE.strip().replace("\n", " | ").split(" | ")),
    f"matrix --sort {'x' * 10_000}": "--sort",
    "matrix '--nonsense\n\t\x1b[31m'": "nonsense",
}
"""Words that do not work, and the command, option or word that the message names."""

OTHERS = """
update|export-csv|-x|--verbose|--all|-f json matrix|japan --help|foo bar|timeline --year 2025|matrix xx|matrix ''
matrix --area ''|matrix --area|matrix --as-of tomorrow|matrix --newest 0|matrix --width 80|matrix --group foo
matrix -o x|matrix --as-of 2024-01-01|matrix japan ukraine|show|show atlantis|show japan space|show --area space
show japan --newest 2|show republic|explain|explain uk signature|explain uk group:foo|explain all all
explain uk consular extra|explain consular uk japan|explain --area space uk|diff|diff ''|diff all|diff japan japan
diff ,|list|list signatories|list contested space|find --grade bad|find --act sign|find --mechanism x|find --signed-by
find --country japan|find --lacks nato|find japan space|timeline --area space|patterns japan|patterns space|sql
sql 'selec 1'|sql 'select * from nowhere'|sql -p x|plot|plot table -o x.png|plot matrix|plot matrix -o x.gif
plot -o x.png|export|export --format csv|explorer -o x|cite table|cite -f apa|changes 9.9.9|changes --since 1.0.0
validate -f xml|verify nowhere.csv|verify japan|new|new partner|new partner x|new prospect x --name X|factcheck --area
factcheck --area foo|factcheck --check --as-of 2025
"""
"""More of them, of which each is answered with a remedy."""

REMEDY = re.compile(
    "write|'sdp |'git |did you mean|leave out|name |ask for|add |needs 1|Usage|fits more|use |put |set "
)


def advised(message: str) -> list[str]:
    """Return the command lines that a message advises."""
    whole = re.findall("(?:write|example|Example): (sdp .*)", message)
    return [*whole, *(line for line in re.findall("'(sdp [^']*)'", message) if line not in "".join(whole))]


@pytest.fixture
def desk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder above a copy of the data, in which the command runs."""
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("SDP_DATA", str(folder))
    return folder.parent


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_takes_one_command(sdp: Run, desk: Path, question: str) -> None:
    line, holds = QUESTIONS[question]
    if "plot" in line:
        library("matplotlib")
    if "changes" in line:
        committed(desk)
        dataset, japan = desk / "data" / "dataset.yaml", desk / "data" / "partnerships" / "japan.yaml"
        dataset.write_text(dataset.read_text("utf-8").replace("version: 1.0.0", "version: 2.0.0"), "utf-8")
        japan.write_text(japan.read_text("utf-8").replace("education: covered", "education: not-covered"), "utf-8")
    if "mine" in line:
        (desk / "mine.csv").write_text(sdp("matrix", "-f", "csv").out.replace("not-covered", "covered", 1), "utf-8")
    ran = sdp(*shlex.split(line))
    assert (ran.code, holds in ran.out) == ("mine" in line, True), ran.out + ran.err


@pytest.mark.parametrize(("line", "holds"), WORKS.items())
def test_first_words_work(sdp: Run, line: str, holds: str) -> None:
    ran = sdp(*shlex.split(line))
    assert (ran.code, holds in ran.out) == (0, True), ran.err


@pytest.mark.parametrize("line", with_needs([*MISUSE, *OTHERS.strip().replace("\n", "|").split("|")]))
def test_a_wrong_word_is_answered_in_few_words_and_each_command_advised_works(sdp: Run, desk: Path, line: str) -> None:
    if "changes" in line:
        committed(desk)
    ran = sdp(*shlex.split(line))
    assert (ran.code, ran.out) == (2, "")
    assert MISUSE.get(line, "") in ran.err
    assert REMEDY.search(ran.err), ran.err
    assert len(ran.err) < 700
    assert len(ran.err.splitlines()) <= 4  # what is wrong, usage, example, where more is said
    assert ran.err.count(",") < 6  # at most six suggestions
    assert not re.search("Value error|\x1b", ran.err)
    for command in advised(ran.err):
        again = sdp(*shlex.split(command)[1:])
        assert again.code in {0, 1}, f"{command}: {again.err}"


def test_one_side_of_two_names_is_explained_at_a_terminal(sdp: Run) -> None:
    assert "write: sdp diff japan india" in " ".join(sdp("diff", "japan,india", TTY="1", LINES="200").err.split())


def test_without_readable_data_the_name_alone_is_reported(sdp: Run, tmp_path: Path) -> None:
    for folder in (["--data", str(tmp_path)], [f"--data={tmp_path}"]):
        assert "no command 'japan'" in sdp(*folder, "japan").err
