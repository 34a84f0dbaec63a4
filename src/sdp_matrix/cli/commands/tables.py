"""The commands on all partners at once: `matrix`, `diff`, `timeline`, `patterns`, `sql`."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated

import typer

from sdp_matrix.analysis.selection import Order, Selection
from sdp_matrix.cli.options import OF_ALL, Format, Options, Output, grouped, load, name_argument, selection
from sdp_matrix.cli.output import deliver, write_result
from sdp_matrix.errors import RequestError
from sdp_matrix.text_safety import in_one_line


@grouped(selection=selection())
def matrix(
    context: typer.Context,
    *,
    selection: Selection,
    sort: Annotated[Order | None, typer.Option(help="Order of the columns.")] = None,
    corrected: Annotated[bool, typer.Option("--corrected", help="Show our values, not the printed ones.")] = False,
    grades: Annotated[bool, typer.Option("--grades", help="Mark contested and weakly supported values.")] = False,
    evidence: Annotated[bool, typer.Option("--evidence", help="Add the sources of each mark below the table.")] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.matrix import matrix
    from sdp_matrix.views import matrix as view

    dataset = load(context)
    answer = matrix(dataset, selection, order=sort, corrected=corrected)
    deliver(context, view.matrix(dataset, answer, grades=grades, evidence=evidence), format_name, output)


@grouped(selection=selection("areas", "groups", "as_of", "newest", "everyone"))
def diff(
    context: typer.Context,
    side: Annotated[
        list[str],
        name_argument(
            "SIDE",
            "Partners, groups or lists such as uk,norway; a single side is compared with all others.",
            *("partners", "groups"),
        ),
    ],
    *,
    selection: Selection,
    all_areas: Annotated[bool, typer.Option("--all-areas", help="Include the areas that do not differ.")] = False,
    evidence: Annotated[bool, typer.Option("--evidence", help="Add the sources of each status below.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if the sides differ.")] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.analysis.comparison import diff
    from sdp_matrix.views import comparison as view

    dataset = load(context)
    comparison = diff(dataset, *side, selection=selection)
    table = view.diff(dataset, comparison, all_areas=all_areas, evidence=evidence)
    if len(side) == 1 and side[0].count(",") == 1:
        hint = f"{side[0]} is one side; to compare one with the other, write: sdp diff {side[0].replace(',', ' ')}"
        table = table._replace(hints=(*table.hints, hint))
    deliver(context, table, format_name, output)
    if exit_code and comparison.differing:
        raise typer.Exit(1)


@grouped(selection=Options(Selection, OF_ALL))
def timeline(
    context: typer.Context, *, selection: Selection, format_name: Format = None, output: Output = None
) -> None:
    from sdp_matrix.analysis.search import timeline
    from sdp_matrix.views import lists

    dataset = load(context)
    entries = timeline(dataset, replace(selection, everyone=True))  # the table is no reason to leave out events
    deliver(context, lists.timeline(dataset, entries), format_name, output)


@grouped(selection=selection())
def patterns(
    context: typer.Context, *, selection: Selection, format_name: Format = None, output: Output = None
) -> None:
    from sdp_matrix.analysis.patterns import patterns
    from sdp_matrix.views import comparison as view

    dataset = load(context)
    deliver(context, view.patterns(dataset, patterns(dataset, selection)), format_name, output)


def sql(
    context: typer.Context,
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="An SQL query; - reads it from standard input.")
    ] = None,
    *,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="The value of :NAME in the query; may be repeated."),
    ] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Show the tables and views instead.")] = False,
    format_name: Format = None,
    output: Output = None,
) -> None:
    from sdp_matrix.relational import sql
    from sdp_matrix.views.sql import query_result

    if schema:
        if query or format_name or parameter:
            raise RequestError("--schema shows the tables and views as SQL; leave out the query, -p and --format")
        write_result(output, sql.schema(), "sql")
        return
    if query is None:
        raise RequestError("write a query, - to read it from standard input, or --schema to see the tables")
    parameters = dict(_parameter(text) for text in parameter or [])
    dataset = load(context)
    result = sql.sql(dataset, _read() if query == "-" else query, parameters=parameters)
    deliver(context, query_result(result), format_name, output)


def _parameter(text: str) -> tuple[str, str]:
    """Split NAME=VALUE; raises `RequestError` for other text."""
    name, sign, value = text.partition("=")
    if not (name and sign):
        raise RequestError(f"-p '{in_one_line(text)}' is not NAME=VALUE; write -p name=value, and :name in the query")
    return name.lstrip(":"), value  # people also write -p :name=value


def _read() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError:
        raise RequestError("the query on standard input is not valid UTF-8; save it as UTF-8") from None
