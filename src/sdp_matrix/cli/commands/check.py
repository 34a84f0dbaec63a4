"""The commands that check the data: `validate`, `verify`, `factcheck`, `changes`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from sdp_matrix.analysis.scope import select
from sdp_matrix.analysis.selection import Selection
from sdp_matrix.cli.options import Format, Output, grouped, load, name_argument, selection
from sdp_matrix.cli.output import deliver, screen_width, wants_colour, write_result
from sdp_matrix.errors import RequestError
from sdp_matrix.problem import errors
from sdp_matrix.text_safety import printable
from sdp_matrix.validation import report


def validate(
    context: typer.Context,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Data folders or files (default: the folder of --data).")
    ] = None,
    *,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT[=FILE]",
            help=f"{', '.join(report.REPORTS)}; with =FILE, one more report in that file. May be repeated.",
            autocompletion=lambda: list(report.REPORTS),
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    output: Output = None,
) -> None:
    from sdp_matrix.validation.validate import validate  # the function of the library has the name of the command

    shown, files = _reports(formats or [], output)
    findings = validate(paths or [], data=context.obj.data)
    for file, format_name in files.items():
        write_result(file, report.render(findings, format_name), format_name)
    if output is None:
        width = screen_width() if sys.stdout.isatty() else 0  # editors and CI read a problem per line
        write_result(None, report.render(findings, shown, width=width, colour=wants_colour()), shown)
    typer.echo(findings.summary, err=True)
    if findings.problems if strict else errors(findings.problems):
        raise typer.Exit(1 if findings.texts else 2)  # 2 if no file could be read


def _reports(wanted: list[str], output: str | None) -> tuple[str, dict[str, str]]:
    """Return the format of the report on the screen, and the others as file to format; raises `RequestError`."""
    on_screen = [name for name in wanted if "=" not in name]
    into_files = [name.partition("=") for name in wanted if "=" in name]
    files = {file: name for name, _, file in into_files}
    if len(on_screen) > 1 or len(files) < len(into_files) or "" in files or output in files:
        raise RequestError("two reports at one place; give each a file of its own: -f github -f sarif=problems.sarif")
    for name in (*on_screen, *files.values()):
        if name not in report.REPORTS:
            raise RequestError(f"no report format '{printable(name)}'; write one of {', '.join(report.REPORTS)}")
    usual = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    if output:
        usual = {".json": "json", ".sarif": "sarif"}.get(Path(output).suffix, "text")
    shown = on_screen[0] if on_screen else usual
    return shown, files if output is None else {output: shown, **files}


def verify(
    context: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="A table of areas by partners: csv, tab-separated text or JSON."),
    ] = None,
    *,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.verification import compare_table, verify
    from sdp_matrix.validation.validate import load_to_verify
    from sdp_matrix.views import checks

    dataset, problems = load_to_verify(context.obj.data)
    if file is not None:
        comparison = compare_table(dataset, file)
        deliver(context, checks.table_comparison(dataset, comparison), format_name, output)
        raise typer.Exit(0 if comparison.holds else 1)
    outcome = verify(dataset)
    deliver(context, checks.verification(dataset, outcome), format_name, output)
    if not outcome.holds:
        for problem in problems:
            typer.echo(problem, err=True)
        raise typer.Exit(1)


@grouped(selection=selection("areas", "as_of"))
def factcheck(
    context: typer.Context,
    statement: Annotated[
        list[str] | None, name_argument("ID", "Ids of statements (default: all).", "statements")
    ] = None,
    *,
    selection: Selection,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.factcheck import factcheck
    from sdp_matrix.views import checks

    dataset = load(context)
    results = factcheck(dataset, *(statement or []), areas=selection.areas, as_of=selection.as_of)
    select(dataset, Selection(everyone=True, as_of=selection.as_of))  # a day before the first partnership is refused
    deliver(context, checks.factcheck(dataset, results), format_name, output)


def changes(
    context: typer.Context,
    since: Annotated[
        str, typer.Argument(metavar="FROM", help="An edition such as 1.0.0, a git revision or a folder.")
    ] = "HEAD",
    until: Annotated[str | None, typer.Argument(metavar="TO", help="The same (default: the data folder).")] = None,
    *,
    full: Annotated[bool, typer.Option("--full", help="Include evidence, wording and references.")] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.changes import compare, state
    from sdp_matrix.validation import rules
    from sdp_matrix.views import checks

    sides = [state(context.obj.data, name) for name in (since, until)]
    answer = compare(*sides)
    deliver(context, checks.changes(answer, full=full), format_name, output)
    faulty = {side.folder: problems for side in sides if (problems := errors(rules.check(side)))}
    for name, problems in faulty.items():
        typer.echo(f"sdp: {name} has problems ({len(problems)}), first {problems[0]}", err=True)
    if answer.unreadable or sides[1].folder in faulty:  # nobody can mend the past, which may break a newer rule
        raise typer.Exit(2 if answer.unreadable else 1)
