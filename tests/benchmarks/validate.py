"""Try validators on the same faulty files and on 1,000 sound ones: what each finds, at which line, in what time.

Every tool gets what it can be told: check-jsonschema and Spectral the derived JSON Schemas, Yamale
schemas translated from those, yamllint its default rules without those on style. A fault counts as caught where the
tool refuses the file, though it accepts the sound one; as exact where it names the line at which the fault stands.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from generate import generate
from measure import alternate, versions, write

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
BIN = Path(sys.executable).parent
SPECTRAL = "@stoplight/spectral-cli@6"
FILES = 1000
STYLE = """
extends: default
rules:
  braces: disable
  brackets: disable
  comments: disable
  document-start: disable
  indentation: disable
  line-length: disable
  truthy: disable
"""

Command: TypeAlias = list[str]


@dataclass(frozen=True, slots=True)
class Case:
    """A faulty file, where it belongs, and the line of its fault."""

    name: str
    path: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Score:
    """What one tool made of the faulty files."""

    tool: str
    caught: set[str]
    exact: set[str]


def cases() -> list[Case]:
    """Return the faulty files of the tests, which tests/validation/test_cases.py holds to their places."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "validation")]
    import test_cases as listed

    texts = [(case, listed.changed("sample", case)) for case in listed.cases("sample")]
    problems = [(case, text, listed.problems("sample", case.path, text)) for case, text in texts]
    return [Case(case.name, case.path, text, first[0].location.line) for case, text, first in problems if first]


class Tools:
    """The command lines of the tools for one data folder."""

    def __init__(self, folder: Path, room: Path, spectral: Path | None) -> None:
        self.folder, self.room, self.spectral = folder, room, spectral
        self.schemas = {file.name.split(".")[0]: file for file in (ROOT / "tests" / "data" / "schema").iterdir()}
        for name, file in self.schemas.items():
            schema = json.loads(file.read_text())
            (room / f"{name}.yamale").write_text(yamale(schema))
            (room / f"{name}.spectral.json").write_text(json.dumps(ruleset(schema)))

    def commands(self, files: list[str]) -> dict[str, Command]:
        """One command a tool for files of one kind; the tools that know schemas alone get those with a schema."""
        parent, _, name = files[0].rpartition("/")
        kind = parent.removesuffix("s") or name.removesuffix(".yaml")
        paths = [str(self.folder / file) for file in files]
        commands = {
            "sdp": [str(BIN / "sdp"), "validate", str(self.folder), "-f", "json"],
            "yamllint": [str(BIN / "yamllint"), "--strict", "-f", "parsable", "-d", STYLE, *paths],
        }
        if kind in self.schemas and files[0].endswith(".yaml"):
            commands["check-jsonschema"] = [
                *(str(BIN / "check-jsonschema"), "--schemafile", str(self.schemas[kind])),
                *paths,
            ]
            one = paths[0] if len(paths) == 1 else str(self.folder / parent)
            commands["Yamale"] = [
                *(str(BIN / "yamale"), "--parser", "ruamel", "--schema", str(self.room / f"{kind}.yamale"), one)
            ]
            if self.spectral:
                rules = str(self.room / f"{kind}.spectral.json")
                commands["Spectral"] = [str(self.spectral), "lint", "--quiet", "-f", "text", "-r", rules, *paths]
        return commands


def ruleset(schema: dict[str, Any]) -> dict[str, Any]:
    """A Spectral ruleset with one rule: the file fits the schema."""
    options = {"schema": schema, "dialect": "draft2020-12", "allErrors": True}
    then = {"function": "schema", "functionOptions": options}
    return {"rules": {"fits": {"given": "$", "severity": "error", "message": "{{error}}", "then": then}}}


def yamale(schema: dict[str, Any]) -> str:
    """A JSON Schema as a Yamale schema, as far as Yamale can say it."""
    defs = schema["$defs"]
    parts = [_mapping(schema, defs)]
    parts += [
        f"{_plain(name)}:\n{_mapping(inner, defs, '  ')}" for name, inner in defs.items() if "properties" in inner
    ]
    return "---\n".join(parts)


def _mapping(schema: dict[str, Any], defs: dict[str, Any], pad: str = "") -> str:
    lines = []
    for key, inner in schema["properties"].items():
        if "properties" in inner:
            lines += [f"{pad}{key}:", _mapping(inner, defs, f"{pad}  ").rstrip("\n")]
        else:
            said = _validator(inner, defs)
            optional = "" if key in schema.get("required", ()) else "required=False, none=False"
            joint = ", " if optional and not said.endswith("()") else ""
            lines.append(f"{pad}{key}: {said[:-1]}{joint}{optional})")
    return "\n".join(lines) + "\n"


def _validator(schema: dict[str, Any], defs: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"include('{_plain(name)}')" if "properties" in defs[name] else _validator(defs[name], defs)
    if choices := schema.get("anyOf", schema.get("oneOf")):
        return f"any({', '.join(_validator(choice, defs) for choice in choices)})"
    if words := schema.get("enum", [schema["const"]] if "const" in schema else None):
        return f"enum({', '.join(map(repr, words))})"
    match schema.get("type"):
        case "integer":
            return "int()"
        case "array":
            return f"list({_validator(schema.get('items', {}), defs)})"
        case "object":
            return "map()"
        case ["string", "number"]:
            return "any(str(), num(), day())"
        case "string" if schema.get("format") == "date":
            return "day()"
        case "string" if "'" not in schema.get("pattern", "'"):
            return f"regex({schema['pattern']!r})"
        case _:
            return "str()"


def _plain(name: str) -> str:
    return re.sub(r"\W+", "_", name)


def score(room: Path, spectral: Path | None) -> tuple[list[Case], list[Score], list[str]]:
    """Try every tool on every faulty file, each in place of its sound namesake in the sample data."""
    folder = room / "sample"
    shutil.copytree(CASES / "sample", folder)
    tools = Tools(folder, room, spectral)
    tried = cases()
    scores = {tool: Score(tool, set(), set()) for tool in ("sdp", "check-jsonschema", "yamllint", "Yamale", "Spectral")}
    strict: list[str] = []
    for path in sorted({case.path for case in tried}):
        file = folder / path
        sound = file.read_bytes() if file.exists() else None
        commands = tools.commands([path])
        refused = {tool for tool, command in commands.items() if sound is not None and _run(command)[0]}
        strict += [f"{tool} refuses the sound {path}" for tool in sorted(refused)]
        faulty = [case for case in tried if case.path == path]
        if (slow := commands.pop("Spectral", None)) and "Spectral" not in refused:
            _together(slow[:-1], faulty, room / "faulty", scores["Spectral"])
        for case in faulty:
            file.write_bytes(case.text.encode("utf-8", "surrogateescape"))
            for tool in commands.keys() - refused:
                code, said = _run(commands[tool])
                _note(scores[tool], case, caught=code != 0, lines=_lines(tool, said, path))
        file.unlink()
        if sound is not None:
            file.write_bytes(sound)
    return tried, [one for one in scores.values() if spectral or one.tool != "Spectral"], sorted(set(strict))


def _together(command: Command, faulty: list[Case], folder: Path, found: Score) -> None:
    """All faulty files of a kind in one run, because node takes seconds to start."""
    folder.mkdir(exist_ok=True)
    files = {case: folder / f"{case.name}.yaml" for case in faulty}
    for case, file in files.items():
        file.write_bytes(case.text.encode("utf-8", "surrogateescape"))
    said = _run([*command, *map(str, files.values())])[1].splitlines()
    for case, file in files.items():
        mine = [line.removeprefix(str(file)) for line in said if line.startswith(f"{file}:")]
        _note(found, case, caught=bool(mine), lines=_lines(found.tool, "\n".join(mine), case.path))


def _note(found: Score, case: Case, *, caught: bool, lines: set[int]) -> None:
    if caught:
        found.caught.add(case.name)
    if caught and case.line in lines:
        found.exact.add(case.name)


def _run(command: Command) -> tuple[int, str]:
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def _lines(tool: str, said: str, path: str) -> set[int]:
    """The lines that a tool names; for our own, those in the file at fault."""
    if tool == "sdp":
        listed = json.loads(said[said.index("[") : said.rindex("]") + 1])
        return {problem["line"] for problem in listed if problem["path"].endswith(path)}
    return {int(number) for number in re.findall(r"(?:line |:)(\d+)(?=:\d|, column|\b)", said)}


def seconds(room: Path, spectral: Path | None) -> dict[str, float]:
    """Median seconds of each tool for 1,000 sound partnerships, in two runs of each in turn."""
    folder = room / "many"
    generate(folder, partners=FILES, areas=26, evidence=8)
    tools = Tools(folder, room, spectral)
    files = [f"partnerships/{file.name}" for file in sorted((folder / "partnerships").iterdir())]
    figures = alternate(tools.commands(files), runs=2, warm=0)
    for tool, figure in figures.items():
        if figure.code:
            print(f"{tool} does not accept the generated files (exit {figure.code})", file=sys.stderr)  # noqa: T201
    return {tool: figure.median for tool, figure in figures.items()}


def install(room: Path) -> Path | None:
    """Spectral in a folder of its own, where node is there; else it is left out, and the page says so."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    command = [npm, "install", "--silent", "--no-save", "--prefix", str(room), SPECTRAL]
    done = subprocess.run(command, capture_output=True, check=False)
    found = room / "node_modules" / ".bin" / "spectral"
    return found if done.returncode == 0 and found.exists() else None


def main() -> None:
    """Try, time, and write the section of the page."""
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        spectral = install(room)
        tried, scores, strict = score(room, spectral)
        took = seconds(room, spectral)
    ours = next(one for one in scores if one.tool == "sdp")
    rows = [
        f"| {one.tool} | {len(one.caught)} of {len(tried)} | {len(one.exact)} | {took[one.tool]:.1f} s "
        f"| {took[one.tool] / took['sdp']:.2f} |"
        for one in scores
    ]
    faster = [tool for tool, second in took.items() if second < took["sdp"]]
    missed = sorted({name for one in scores for name in one.caught} - ours.caught)
    remarks = [
        f"Faster than `sdp validate`: {', '.join(faster) or 'none'}.",
        f"Caught by another and not by us: {', '.join(missed) or 'none'}.",
        *(f"Left out of the counts: {one}." for one in strict),
        *(["Node is not installed here, so Spectral was left out."] if spectral is None else []),
    ]
    head = f"| tool | caught | at the exact line | {FILES} sound files | times sdp |"
    table = "\n".join([head, "|---|---|---|---|---|", *rows])
    made = versions("check-jsonschema", "yamllint", "yamale", "ruamel.yaml", "PyYAML")
    text = f"{table}\n\n{' '.join(remarks)}\n\n{made}{f', {SPECTRAL}' if spectral else ''}."
    write("validation", text)


if __name__ == "__main__":
    main()
