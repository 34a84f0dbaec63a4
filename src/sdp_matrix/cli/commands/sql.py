"""The command `sql`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sdp_matrix.cli.options import Format, Output, load
from sdp_matrix.cli.output import deliver, write_result
from sdp_matrix.errors import RequestError
from sdp_matrix.text_safety import in_one_line


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
