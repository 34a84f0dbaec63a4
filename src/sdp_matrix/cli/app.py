"""The list of commands; each is a module that is imported when its command is called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from sdp_matrix.cli.completion import Offer, attach
from sdp_matrix.cli.options import Settings
from sdp_matrix.cli.values import text_left_alone
from sdp_matrix.errors import UnknownName
from sdp_matrix.sanitize import printable

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS: dict[str, str] = {
    "matrix": "Table 1: areas of cooperation by partners.",
    "diff": "Where partnerships, or groups of them, differ.",
    "show": "One partnership: date, act, signatories, milestones, coverage.",
    "find": "The partners, cells or areas that fulfil conditions.",
    "groups": "What the partners of a group share, and what only they have.",
    "patterns": "What holds throughout: what all or one have, what comes together, and rules.",
    "nearest": "The partners most alike to one, and what tells them apart.",
    "similarity": "How alike partners are, all by all, or the fewest areas that tell them apart.",
    "sql": "A question in SQL, reading only.",
    "area": "One area across the partnerships.",
    "explain": "What one value rests on: its grade, its evidence and what it means.",
    "list": "The vocabularies, the register of what is contested, and how sure the cells are.",
    "timeline": "Signatures and milestones in order, one lane a partner.",
    "todo": "What is not coded yet: unknown areas, signatories, places.",
    "verify": "Our table against the published one, or our coding against the table of a file.",
    "page": "The explorer: one page for the browser that needs no network.",
    "factcheck": "Published statements, checked against the data.",
    "validate": "Every problem of the data files, at its place.",
    "format": "Put data files into canonical form: order of keys, quotes, indentation; values and comments stay.",
    "changes": "What two revisions of the data say differently, in words.",
    "new": "Begin the file of a partnership: every area unknown, valid at once.",
    "plot": "A picture for a briefing: matrix, timeline, similarity or coverage.",
    "export": "The data as a Frictionless Data Package: csv, SQLite, codebook, loaders for R and Stata.",
    "cite": "How to cite the data and the codebook: in words, for BibTeX or for reference managers.",
    "schema": "Write the JSON Schemas that editors use into the data folder.",
}
"""Name of a command and the first line of its help; its module is `commands.<name>_`."""


class _Lazy(TyperGroup):
    """A group that imports a command when it is called, so that no command pays for another."""

    def get_params(self, ctx: Any) -> list[Any]:
        return text_left_alone(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's protocol
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - typer's protocol
        return command(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Say which name is near: typer looks at commands it holds, and this group holds none."""
        if ctx.resilient_parsing or args[0] in COMMANDS or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        raise UnknownName("command", args[0], near=get_close_matches(args[0], COMMANDS), known=list(COMMANDS))

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Offer the names without importing the commands."""
        if incomplete.startswith("-"):
            return list(super().shell_complete(ctx, incomplete))
        return [Offer(name, help=words) for name, words in COMMANDS.items() if name.startswith(incomplete)]

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - typer's protocol
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


class _Command(TyperCommand):
    """A command whose text parameters stay as they were typed."""

    def get_params(self, ctx: Any) -> list[Any]:
        return text_left_alone(super().get_params(ctx))


def command(name: str) -> Any:
    """Import and build one command."""
    function: Callable[..., Any] = import_module(f"sdp_matrix.cli.commands.{name}").run
    single = typer.Typer(**_SETTINGS, add_completion=False)
    single.command(name, cls=_Command)(function)
    return attach(get_command(single))


_SETTINGS: dict[str, Any] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}

EXAMPLES = """\
  sdp matrix                     Table 1
  sdp diff japan india           where two partnerships differ
  sdp explain uk consular        what one mark rests on
"""

app = typer.Typer(
    name="sdp",
    cls=_Lazy,
    help=f"""Compare the EU's Security and Defence Partnerships, area by area.

\b
{EXAMPLES}""",
    invoke_without_command=True,
    **_SETTINGS,
)


def _version(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 - typer's protocol
    if asked:
        from sdp_matrix.version import VERSION

        typer.echo(f"sdp {VERSION}, {_edition(context.params.get('data'))}")
        raise typer.Exit


def _edition(data: str | None) -> str:
    """The edition of the data, told also where the data do not load: two lines of a flat file, read without YAML."""
    from sdp_matrix.files.folder import data_folder

    try:
        lines = (data_folder(data) / "dataset.yaml").read_text("utf-8").splitlines()
        said = dict(line.split(": ", 1) for line in lines if ": " in line)
        return f"data {printable(said['version'])} of {printable(said['date'])}"
    except (OSError, KeyError, UnicodeDecodeError):
        return "data of no known version; sdp validate says why"


@app.callback()
def _before(
    context: typer.Context,
    data: Annotated[
        str | None,
        typer.Option("--data", envvar="SDP_DATA", is_eager=True, help="Folder of data files.", metavar="DIR"),
    ] = None,
    *,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    context.obj = Settings(data=data)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
