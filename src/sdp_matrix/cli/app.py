"""The application: a table of commands, each in a module of its own that is imported when the command is called."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from sdp_matrix.cli.suggestions import ALIASES
from sdp_matrix.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Settings:
    """What was said before the name of the command."""

    data: str | None = None
    pager: bool = True


class CommandInfo(NamedTuple):
    """A command as it is registered: section of the help, help text, examples.

    The command itself is the function `run` of the module of its name in `commands`, or the functions in its COMMANDS.
    """

    section: str
    help: str
    examples: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The first line of the help."""
        return self.help.partition("\n")[0]


SECTIONS = ("Ask", "Check", "Begin", "Publish")
"""Headings of the help, in order."""

COMMANDS: dict[str, CommandInfo] = {
    "matrix": CommandInfo(
        "Ask",
        "Table 1: areas of cooperation by partner.",
        ("sdp matrix --all", "sdp matrix japan india --area 15", "sdp matrix --grades -o table-1.html"),
    ),
    "diff": CommandInfo(
        "Ask",
        "Where partners, or groups of them, differ.",
        ("sdp diff japan india", "sdp diff nato-ally uk,norway", "sdp diff korea"),
    ),
    "show": CommandInfo(
        "Ask",
        "Everything on one partner, area or reference.\n\n"
        "For a group or list of partners: who they are; for a list of areas: how they are covered.",
        ("sdp show korea", "sdp show maritime --all", "sdp show eprs-2026-03"),
    ),
    "explain": CommandInfo(
        "Ask",
        "Show the evidence for a value.\n\n"
        "Without a field: everything recorded for a partner, with its grade. For several: each value.",
        (
            "sdp explain uk consular",
            "sdp explain albania date",
            "sdp explain india group:nato-global-partner",
            "sdp explain japan",
        ),
    ),
    "find": CommandInfo(
        "Ask",
        "Find partners, cells or areas by conditions.\n\n"
        "All conditions must hold. What is unknown counts as neither covered nor lacking, and is named below.",
        ("sdp find --covers maritime --lacks consular", "sdp find --grade contested --cells"),
    ),
    "list": CommandInfo(
        "Ask",
        "List partners, areas, groups, references, gaps and more.",
        ("sdp list partners", "sdp list contested", "sdp list gaps ghana"),
    ),
    "timeline": CommandInfo(
        "Ask",
        "Signatures and milestones by date.",
        ("sdp timeline japan india",),
    ),
    "patterns": CommandInfo(
        "Ask",
        "Common and unique areas, and which areas always occur together.\n\n"
        "With one partner: who is most like it, and what it alone has or lacks.",
        ("sdp patterns --min-support 5", "sdp patterns japan --all"),
    ),
    "sql": CommandInfo(
        "Ask",
        "Query the data in SQL, read-only.\n\nThe whole data set is a SQLite database in memory.",
        ("sdp sql \"select partner, status from coverage where area = 'space'\"", "sdp sql --schema"),
    ),
    "validate": CommandInfo(
        "Check",
        "Check the data files and report every problem.",
        ("sdp validate", "sdp validate -f github -f sarif=problems.sarif"),
    ),
    "verify": CommandInfo(
        "Check",
        "Compare our table with the published one, or with a file.",
        ("sdp verify",),
    ),
    "factcheck": CommandInfo(
        "Check",
        "Check published statements against the data.",
        ("sdp factcheck uk-seventh", "sdp factcheck --as-of 2025-01"),
    ),
    "changes": CommandInfo(
        "Check",
        "Changes between two revisions or editions of the data.",
        ("sdp changes", "sdp changes 1.0.0", "sdp changes v1.0 v2.0 -o changes.md"),
    ),
    "new": CommandInfo(
        "Begin",
        "Begin a partnership, or add a reference or a prospect.\n\n"
        "A partnership is one new file; an entry is added at the end of its file. Nothing else is written.",
        (
            "sdp new reference nzz-2026 --title NZZ --publisher NZZ --standing press --kind news --date 2026-03",
            "sdp new partner latvia --name Latvia --iso LV",
            "sdp new prospect chile --name Chile --iso CL --stage proposed --date 2026-05 --reference afp-iceland-2026",
        ),
    ),
    "export": CommandInfo(
        "Publish",
        "Write the data for other programs: csv, SQLite, Data Package.",
        ("sdp export sdp-data", "sdp export --check sdp-data"),
    ),
    "explorer": CommandInfo(
        "Publish",
        "Write a page to explore the data in a browser.",
        ("sdp explorer -o explorer.html",),
    ),
    "plot": CommandInfo(
        "Publish",
        "Draw the table, the timeline or the similarity of partners.",
        ("sdp plot timeline -o timeline.svg", "sdp plot matrix --all -o table.png"),
    ),
    "cite": CommandInfo(
        "Publish",
        "How to cite the data and the codebook.",
        ("sdp cite", "sdp cite data -f bibtex"),
    ),
}
"""Name of each command, in the order of the help."""


class _LazyGroup(TyperGroup):
    """A group that imports a command when it is called, so that no command pays for another."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if (name := ALIASES.get(cmd_name, cmd_name)) in COMMANDS:
            return command(name)
        if ctx.resilient_parsing or cmd_name.startswith("-"):
            return None
        from difflib import get_close_matches

        raise UnknownNameError("command", cmd_name, near=get_close_matches(cmd_name, [*COMMANDS, *ALIASES]))

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        # typer would import every command to see whether it is hidden
        if incomplete.startswith("-"):
            return list(super().shell_complete(ctx, incomplete))
        return [CompletionItem(name, info.summary) for name, info in COMMANDS.items() if name.startswith(incomplete)]

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - typer's signature
        for section in SECTIONS:
            with formatter.section(section):
                formatter.write_dl([(name, info.summary) for name, info in COMMANDS.items() if info.section == section])


class _Command(TyperCommand):
    """A command whose arguments are shown by name alone: PARTNER, not {PARTNER} <list[str]>."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [piece.replace("{", "").replace("}", "") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        for heading, kind in (("Arguments", "argument"), ("Options", "option")):
            records = [p.get_help_record(ctx) for p in self.get_params(ctx) if p.param_type_name == kind]
            rows = list(filter(None, records))
            if kind == "argument":  # the name says what it takes; typer adds its type, as in PARTNER <list[str]>
                rows = [(names.partition(" <")[0], text) for names, text in rows]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


class CompletionItem(NamedTuple):
    """A word that the shell offers, with the attributes that typer reads."""

    value: str
    help: str | None = None
    type: str = "plain"


def command(name: str) -> Any:
    """Import and build one command."""
    module: Any = import_module(f"sdp_matrix.cli.commands.{name}")
    info = COMMANDS[name]
    single = typer.Typer(name=name, **_SETTINGS, add_completion=False)
    epilog = "\n".join(["\b", "Examples:", *(f"  {line}" for line in info.examples)])
    if hasattr(module, "COMMANDS"):
        single.callback(help=info.help, epilog=epilog)(lambda: None)
        for inner, text in module.COMMANDS.items():
            single.command(inner.__name__, cls=_Command, help=text)(inner)
    else:
        single.command(name, cls=_Command, help=info.help, epilog=epilog)(module.run)
    return get_command(single)


_SETTINGS: dict[str, Any] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}

app: typer.Typer = typer.Typer(
    name="sdp",
    cls=_LazyGroup,
    help="""\b
Compare the EU's Security and Defence Partnerships, area by area.
Begin with: sdp matrix, sdp diff japan india, sdp explain uk consular.""",
    invoke_without_command=True,
    **_SETTINGS,
)


def _print_version(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 - typer's signature
    if asked:
        from sdp_matrix.files.folder import count, data_folder, described
        from sdp_matrix.version import VERSION

        folder = data_folder(context.params.get("data"))
        typer.echo(f"sdp {VERSION}; {count(folder)} files in {described(folder)}")
        raise typer.Exit


@app.callback()
def _read_settings(
    context: typer.Context,
    data: Annotated[
        str | None,
        typer.Option("--data", envvar="SDP_DATA", is_eager=True, help="Folder of data files.", metavar="DIR"),
    ] = None,
    *,
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Print long tables at once, not through SDP_PAGER, PAGER or less.")
    ] = False,
    _: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    context.obj = Settings(data=data, pager=not no_pager)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
