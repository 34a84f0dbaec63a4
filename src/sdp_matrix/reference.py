"""The reference of all commands, from the application itself, and a picture of its main output."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text
from typer.main import get_command

from sdp_matrix.cli.app import COMMANDS, app, command, examples
from sdp_matrix.formats import text
from sdp_matrix.views.matrix import matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sdp_matrix.api import Partnerships

_ABOUT = """\
# Commands

Results go to standard output, talk to standard error. Exit codes: 0 fine; 1 problems in the data, or a difference
where `--exit-code` asked for it; 2 a mistake in the command line, an unknown name, data that cannot be read, output
that cannot be written.
"""


def commands(partnerships: Partnerships) -> str:  # noqa: ARG001 - as all derived texts
    """Every command with its usage, arguments and options, in Markdown."""
    pages = [_page("sdp", get_command(app), "These options stand before the name of the command.")]
    pages += [_page(f"sdp {name}", command(name), one.words) for name, one in COMMANDS.items()]
    return "\n".join([_ABOUT, *(part for page in pages for part in page)])


def _page(title: str, built: Any, words: str) -> Iterator[str]:
    context = built.make_context(title, [], resilient_parsing=True)
    usage = " ".join([title, *built.collect_usage_pieces(context)])
    yield f"## {title}\n\n{words}\n\n```text\n{usage}\n```\n"
    more = (built.help or "").removeprefix(words).strip()
    if title != "sdp" and more:
        yield f"{more}\n"
    records = [parameter.get_help_record(context) for parameter in built.get_params(context)]
    if title != "sdp":
        yield "\n".join(["```sh", *examples(built.name), "```", ""])
    rows = [f"| `{_cell(names)}` | {_cell(meaning)} |" for names, meaning in filter(None, records)]
    if rows:
        yield "\n".join(["| | |", "|---|---|", *rows, ""])


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def picture(partnerships: Partnerships) -> str:
    """Table 1 as a terminal shows it, in SVG."""
    width = 118
    screen = text.Screen(width=width, colour=True, unicode=True)
    drawn = text.render(matrix(partnerships, partnerships.matrix()), screen)
    console = Console(record=True, width=width, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(f"$ sdp matrix\n{drawn}"))
    # The picture fetches no fonts: a page that shows it asks nobody for anything.
    svg = console.export_svg(title="Table 1 in a terminal", unique_id="sdp")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
