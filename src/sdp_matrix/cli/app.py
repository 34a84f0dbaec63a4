"""The application: every module of `commands` is a command, imported when it is called.

A command is one module. Its docstring begins `Section: one line of help.`; it has EXAMPLES and a function `run`, or
COMMANDS, the functions of which are commands within it.
"""

from __future__ import annotations

from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from sdp_matrix.cli.options import Settings
from sdp_matrix.cli.values import text_left_alone
from sdp_matrix.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Mapping


class Summary(NamedTuple):
    """What the help of the application says of one command."""

    section: str
    words: str


SECTIONS = ("Ask", "Check", "Write data", "Publish")
"""Headings of the help, in order."""


def _summaries() -> dict[str, Summary]:
    """Read the first line of every command's module; to import them all would take longer than most commands do."""
    found: dict[str, Summary] = {}
    for file in sorted((Path(__file__).parent / "commands").glob("[!_]*.py")):
        with file.open(encoding="utf-8") as lines:
            section, _, words = lines.readline().strip().strip('"').partition(": ")
        found[file.stem] = Summary(section, words)
    return dict(sorted(found.items(), key=lambda item: SECTIONS.index(item[1].section)))


COMMANDS: Mapping[str, Summary] = _summaries()
"""Name of a command, which is that of its module, to its summary; in the order of the help."""


class _Lazy(TyperGroup):
    """A group that imports a command when it is called, so that no command pays for another."""

    def get_params(self, ctx: Any) -> list[Any]:
        params = text_left_alone(super().get_params(ctx))
        for parameter in params:
            parameter.hidden = parameter.name == "show_completion"  # --install-completion is what people look for
        return params

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
        """Complete the names without importing the commands."""
        if incomplete.startswith("-"):
            return list(super().shell_complete(ctx, incomplete))
        return [CompletionItem(name, one.words) for name, one in COMMANDS.items() if name.startswith(incomplete)]

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - typer's protocol
        for section in SECTIONS:
            with formatter.section(section):
                formatter.write_dl([(name, one.words) for name, one in COMMANDS.items() if one.section == section])


class CompletionItem(NamedTuple):
    """One word that the shell offers; the protocol of typer asks for the other two."""

    value: str
    help: str | None = None
    type: str = "plain"


class _Command(TyperCommand):
    """A command whose text parameters stay as they were typed."""

    def get_params(self, ctx: Any) -> list[Any]:
        return text_left_alone(super().get_params(ctx))


def command(name: str) -> Any:
    """Import and build one command."""
    module = _module(name)
    single = typer.Typer(name=name, **_SETTINGS, add_completion=False)
    words = cleandoc(module.__doc__ or "").removeprefix(f"{COMMANDS[name].section}: ")
    if not hasattr(module, "COMMANDS"):
        single.command(name, cls=_Command, help=words, epilog=_epilog(name))(module.run)
    else:
        single.callback(help=words, epilog=_epilog(name))(_nothing_before)
        for inner in module.COMMANDS:
            single.command(inner.__name__, cls=_Command)(inner)
    built: Any = get_command(single)
    for one in getattr(built, "commands", {}).values():
        _without_types(one)
    return _without_types(built)


def _nothing_before() -> None:
    """Stand before the commands within a command."""


def _without_types(built: Any) -> Any:
    for parameter in built.params:
        if parameter.param_type_name == "argument" and parameter.metavar:
            parameter.display_type_rich = _no_type
    return built


def examples(name: str) -> tuple[str, ...]:
    """What a person may write to call a command."""
    lines: tuple[str, ...] = _module(name).EXAMPLES
    return lines


def _module(name: str) -> Any:
    return import_module(f"sdp_matrix.cli.commands.{name}")


def _epilog(name: str) -> str:
    """The examples of a command as the lines that end its help, which are not to be wrapped."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in examples(name))])


def _no_type(ctx: Any) -> str:  # noqa: ARG001 - typer's protocol
    """Leave out the type of an argument: its name says what it takes."""
    return ""


_SETTINGS: dict[str, Any] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}

app: typer.Typer = typer.Typer(
    name="sdp",
    cls=_Lazy,
    help="""\b
Compare the EU's Security and Defence Partnerships, area by area.
Begin with: sdp matrix, sdp diff japan india, sdp explain uk consular.""",
    invoke_without_command=True,
    **_SETTINGS,
)


def _version(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 - typer's protocol
    if asked:
        from sdp_matrix.files.folder import count, data_folder, described
        from sdp_matrix.version import VERSION

        folder = data_folder(context.params.get("data"))
        typer.echo(f"sdp {VERSION}; {count(folder)} files in {described(folder)}")
        raise typer.Exit


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
