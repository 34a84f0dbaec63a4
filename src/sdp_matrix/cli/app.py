"""The application: a table of commands, each imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from sdp_matrix.errors import RequestError, UnknownNameError
from sdp_matrix.text_safety import in_one_line


class Settings(NamedTuple):
    """The options before the name of the command."""

    data: str | None = None
    pager: bool = True


class CommandInfo(NamedTuple):
    """A command as it is registered: module and function in `commands`, help text, examples.

    The function may be a mapping of functions to their help: the commands below this one.
    """

    target: str
    help: str
    examples: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The first line of the help."""
        return self.help.partition("\n")[0]


SECTIONS: dict[str, dict[str, CommandInfo]] = {  # headings of the help, each with its commands in order
    "Ask": {
        "matrix": CommandInfo(
            "tables:matrix",
            "Table 1: areas of cooperation by partner.",
            ("sdp matrix --all", "sdp matrix japan india --area 15", "sdp matrix --grades -o table-1.html"),
        ),
        "diff": CommandInfo(
            "tables:diff",
            "Compare partners, or groups of them, area by area.",
            ("sdp diff japan india", "sdp diff nato-ally uk,norway", "sdp diff korea"),
        ),
        "show": CommandInfo(
            "lookup:show",
            "Show everything on a partner, an area or a reference.\n\n"
            "For a group or a list of partners: the partners; for a list of areas: their coverage.",
            ("sdp show korea", "sdp show maritime --all", "sdp show eprs-2026-03"),
        ),
        "explain": CommandInfo(
            "lookup:explain",
            "Show the evidence for a value.\n\n"
            "Without a field: everything recorded for a partner, with its grade. For several: each value.",
            ("sdp explain uk consular", "sdp explain albania date", "sdp explain japan"),
        ),
        "find": CommandInfo(
            "find:find",
            "Find partners or cells by conditions.\n\n"
            "All conditions must hold. An unknown status is neither covered nor lacking; such partners are named.",
            ("sdp find --covers maritime --lacks consular", "sdp find --grade contested --cells"),
        ),
        "list": CommandInfo(
            "lookup:list_kind",
            "List partners, areas, groups, references, gaps and more.",
            ("sdp list partners", "sdp list contested", "sdp list gaps ghana"),
        ),
        "timeline": CommandInfo("tables:timeline", "Signatures and milestones by date.", ("sdp timeline japan india",)),
        "patterns": CommandInfo(
            "tables:patterns",
            "Common and unique areas, and which areas always occur together.",
            ("sdp patterns nato-ally", "sdp patterns --all"),
        ),
        "sql": CommandInfo(
            "tables:sql",
            "Query the data in SQL, read-only.\n\nThe whole data set is a SQLite database in memory.",
            ("sdp sql \"select partner, status from coverage where area = 'space'\"", "sdp sql --schema"),
        ),
    },
    "Check": {
        "validate": CommandInfo(
            "check:validate",
            "Check the data files and report every problem.",
            ("sdp validate", "sdp validate -f github -f sarif=problems.sarif"),
        ),
        "verify": CommandInfo(
            "check:verify", "Compare our table with the published one, or with a file.", ("sdp verify",)
        ),
        "factcheck": CommandInfo(
            "check:factcheck",
            "Check published statements against the data.",
            ("sdp factcheck uk-seventh", "sdp factcheck --as-of 2025-01"),
        ),
        "changes": CommandInfo(
            "check:changes",
            "List the changes between two revisions or editions of the data.",
            ("sdp changes", "sdp changes 1.0.0", "sdp changes v1.0 v2.0 -o changes.md"),
        ),
    },
    "Begin": {
        "new": CommandInfo(
            "new:COMMANDS",
            "Begin a partnership, or add a reference or a prospect.\n\n"
            "A partnership is a new file; an entry is added at the end of its file. Nothing else is written.",
            (
                "sdp new reference nzz-2026 --title NZZ --publisher NZZ --standing press --kind news --date 2026-03",
                "sdp new partner latvia --name Latvia --iso LV",
                "sdp new prospect peru --name Peru --iso PE --stage proposed --date 2026 --reference afp-iceland-2026",
            ),
        )
    },
    "Publish": {
        "export": CommandInfo(
            "publish:export",
            "Write the data for other programs: csv, SQLite, Data Package.",
            ("sdp export sdp-data", "sdp export --check sdp-data"),
        ),
        "explorer": CommandInfo(
            "publish:explorer", "Write a page to explore the data in a browser.", ("sdp explorer -o explorer.html",)
        ),
        "plot": CommandInfo(
            "publish:plot",
            "Draw the table, the timeline or the similarity of partners.",
            ("sdp plot timeline -o timeline.svg", "sdp plot matrix --all -o table.png"),
        ),
        "cite": CommandInfo(
            "publish:cite", "Print citations of the data and the codebook.", ("sdp cite", "sdp cite data -f bibtex")
        ),
    },
}

COMMANDS = {name: info for commands in SECTIONS.values() for name, info in commands.items()}

ALIASES = {"compare": "diff", "table": "matrix", "search": "find", "check": "validate"}  # words that people try first


class _LazyCommand(TyperCommand):
    """A name and a summary; the command itself is imported when it is called: no command pays for another's imports."""

    def make_context(self, info_name: str | None, *arguments: Any, **settings: Any) -> Any:  # noqa: ARG002 - maybe an alias
        return command(str(self.name)).make_context(self.name, *arguments, **settings)


class _FastAtTab:
    def parse_args(self: Any, ctx: Any, args: list[str]) -> list[str]:
        if ctx.resilient_parsing:  # at TAB; typer would import pydantic to convert the words, which doubles the wait
            for parameter in self.get_params(ctx):
                parameter.process_value = lambda _, value: value
        return super().parse_args(ctx, args)  # type: ignore[misc, no-any-return]


class _Group(_FastAtTab, TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        return [*COMMANDS, *ALIASES]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        name = ALIASES.get(cmd_name, cmd_name)
        if name in COMMANDS:
            return _LazyCommand(name, short_help=COMMANDS[name].summary)
        if ctx.resilient_parsing or cmd_name.startswith("-"):
            return None  # nothing to complete, or an option that typer reports
        from difflib import get_close_matches

        # Ours, not typer's: entry_point looks the word up in the data, since `sdp japan india` is a common first try.
        raise UnknownNameError("command", cmd_name, near=get_close_matches(cmd_name.lower(), [*COMMANDS, *ALIASES]))

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - typer's signature
        # typer would list all commands under one heading.
        for heading, commands in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(name, info.summary) for name, info in commands.items()])


class _Command(_FastAtTab, TyperCommand):
    """A command whose arguments are shown by name alone: PARTNER, not {PARTNER} <list[str]>."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [piece.replace("{", "").replace("}", "") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        for heading, kind in (("Arguments", "argument"), ("Options", "option")):
            parameters = [parameter for parameter in self.get_params(ctx) if parameter.param_type_name == kind]
            rows = [record for parameter in parameters if (record := parameter.get_help_record(ctx))]
            if kind == "argument":  # typer appends the type, as in PARTNER <list[str]>
                rows = [(names.partition(" <")[0], text) for names, text in rows]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


def command(name: str) -> Any:
    """Import and build one command."""
    info = COMMANDS[name]
    module, _, attribute = info.target.partition(":")
    target: Any = getattr(import_module(f"sdp_matrix.cli.commands.{module}"), attribute)
    single = typer.Typer(name=name, **_SETTINGS)
    epilog = "\n".join(["\b", "Examples:", *(f"  {line}" for line in info.examples)])  # \b: typer keeps the lines
    if callable(target):  # a typer.Typer with a single command is that command
        single.command(name, cls=_Command, help=info.help, epilog=epilog)(target)
    else:
        single.callback(help=info.help, epilog=epilog)(lambda: None)
        for function, text in target.items():
            single.command(function.__name__, cls=_Command, help=text)(function)
    return get_command(single)


_SETTINGS: dict[str, Any] = {
    "add_completion": False,  # scripts of our own: see completion
    "rich_markup_mode": None,  # help without rich starts faster
    "pretty_exceptions_enable": False,  # entry_point reports errors
    "context_settings": {"help_option_names": ["-h", "--help"]},
}

app: typer.Typer = typer.Typer(
    name="sdp",
    cls=_Group,
    help="Compare the EU's Security and Defence Partnerships, area by area. "
    "Begin with: sdp matrix, sdp diff japan india, sdp explain uk consular.",
    invoke_without_command=True,
    **_SETTINGS,
)


def _print_version(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 - typer's signature
    if asked:
        from sdp_matrix.files.disk import data_folder, describe, read_folder
        from sdp_matrix.version import VERSION

        folder = data_folder(context.params.get("data"))
        typer.echo(f"sdp {VERSION}; {len(read_folder(folder).files)} files in {describe(folder)}")
        raise typer.Exit


_SCRIPT_HELP = "Print the script that completes words at TAB, for bash, zsh or fish."


def _print_script(shell: str | None) -> None:
    if shell is not None:
        from sdp_matrix.cli.completion import SHELLS, script

        if shell not in SHELLS:
            raise RequestError(f"no completion for '{in_one_line(shell)}'; write one of {', '.join(SHELLS)}")
        typer.echo(script(shell))
        raise typer.Exit


@app.callback()
def _read_settings(
    context: typer.Context,
    data: Annotated[
        str | None,
        typer.Option("--data", envvar="SDP_DATA", is_eager=True, help="Folder of data files.", metavar="DIR"),
    ] = None,
    *,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Print long tables without a pager.")] = False,
    _completion: Annotated[
        str | None, typer.Option("--show-completion", callback=_print_script, metavar="SHELL", help=_SCRIPT_HELP)
    ] = None,
    _version: Annotated[
        bool,
        typer.Option("--version", "-V", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    context.obj = Settings(data=data, pager=not no_pager)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
