"""sdp format."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdp_matrix.cli.options import Settings
from sdp_matrix.cli.output import emit
from sdp_matrix.cli.write_or_check import settle
from sdp_matrix.errors import BadData, BadRequest
from sdp_matrix.files.folder import MAX_BYTES, data_folder
from sdp_matrix.problem import Problem
from sdp_matrix.sanitize import printable

if TYPE_CHECKING:
    from sdp_matrix.files.document import Document


def run(
    context: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Data folders or files; else the folder of --data.")
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where a file would change.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; print what would change.")] = False,
) -> None:
    """Put data files into canonical form: order of keys, quotes, indentation; values and comments stay."""
    settings: Settings = context.obj
    home = data_folder(settings.data)
    documents: dict[Path, Document] = {}
    problems: list[Problem] = []
    for path in map(Path, paths or [str(home)]):
        found, faults = _documents(path)
        documents |= found
        problems += faults
    texts = _texts(documents, home)
    if diff:
        emit("".join(_difference(path, texts[path]) for path in texts))
    emit("".join(f"{printable(str(problem))}\n" for problem in sorted(problems)))
    fine = not texts or (diff and not check)
    fine = fine or settle(texts, check=check, fault="not in canonical form; run 'sdp format'")
    if problems:
        typer.echo("files that cannot be read were left as they are", err=True)
    if problems or not fine:
        raise typer.Exit(2 if problems else 1)


def _documents(path: Path) -> tuple[dict[Path, Document], list[Problem]]:
    """The sound documents at a path, and what is wrong with the others."""
    from sdp_matrix.files import document, scan

    if path.is_dir():
        scanned = scan.scan(path)
        if not scanned.documents:
            raise BadData(scanned.problems)
        found = {path / inside: read for inside, read in scanned.documents.items()}
        faults = [problem for problem in scanned.problems if problem.rule == "unreadable"]
    else:
        with path.open("rb") as stream:
            found = {path: document.parse(str(path), stream.read(MAX_BYTES + 1))}
        faults = []
    sound = {file: read for file, read in found.items() if not read.problems}
    return sound, [*faults, *(problem for read in found.values() for problem in read.problems)]


def _texts(documents: dict[Path, Document], home: Path) -> dict[Path, str]:
    from sdp_matrix.files import scan
    from sdp_matrix.files.canonical import canonical

    areas: dict[Path, list[str]] = {}
    texts: dict[Path, str] = {}
    for path, read in documents.items():
        kind = scan.kind_of(path.as_posix(), read.mapping)
        if kind is None:
            raise BadRequest(f"{path} is not a data file; a partnership has a mapping 'coverage', for example")
        folder = path.parent.parent if (path.parent.parent / "areas.yaml").is_file() else home
        if folder not in areas:
            areas[folder] = _areas(folder)
        texts[path] = canonical(read, kind, areas[folder])
    return texts


def _areas(folder: Path) -> list[str]:
    """The ids of the areas in the order of the table; none where they cannot be read."""
    from sdp_matrix.files import scan
    from sdp_matrix.model.partnership import AreasFile

    shared = scan.scan(folder).record("areas.yaml", AreasFile)
    return [area.id for area in shared.areas] if shared else []


def _difference(path: Path, text: str) -> str:
    before = path.read_bytes().decode("utf-8")
    return printable(
        "".join(
            unified_diff(
                before.splitlines(keepends=True), text.splitlines(keepends=True), str(path), f"{path} formatted"
            )
        )
    )
