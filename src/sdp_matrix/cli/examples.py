"""What a person may write, command by command; the end of each help, and a test runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "matrix": ("sdp matrix --all", "sdp matrix japan india --area 15", "sdp matrix --grades -o table-1.html"),
    "diff": ("sdp diff japan india", "sdp diff uk canada --evidence", "sdp diff nato-ally uk,norway"),
    "show": ("sdp show korea",),
    "find": ("sdp find --covers maritime --lacks consular", "sdp find --grade contested --cells"),
    "groups": ("sdp groups efta eu-candidate", "sdp groups --covers maritime"),
    "patterns": ("sdp patterns --min-support 5",),
    "nearest": ("sdp nearest japan --all",),
    "similarity": ("sdp similarity --pairs", "sdp similarity --apart"),
    "sql": ("sdp sql \"select partner, status from coverage where area = 'space'\"", "sdp sql --schema"),
    "area": ("sdp area 19", "sdp area consular --all"),
    "explain": (
        "sdp explain uk consular",
        "sdp explain albania date",
        "sdp explain india group:nato-global-partner",
    ),
    "list": ("sdp list partners", "sdp list contested"),
    "timeline": ("sdp timeline japan india",),
    "todo": ("sdp todo ghana",),
    "verify": ("sdp verify",),
    "page": ("sdp page -o explorer.html",),
    "factcheck": ("sdp factcheck uk-seventh", "sdp factcheck --as-of 2025-01-31"),
    "validate": ("sdp validate", "sdp validate -f github -f sarif=problems.sarif"),
    "format": ("sdp format --check", "sdp format --diff"),
    "changes": ("sdp changes", "sdp changes v1.0 v2.0 -o changes.md"),
    "new": ("sdp new latvia --name Latvia --iso LV",),
    "plot": ("sdp plot timeline -o timeline.svg", "sdp plot matrix --all -o matrix.png"),
    "export": ("sdp export sdp-data", "sdp export --check sdp-data"),
    "cite": ("sdp cite", "sdp cite data -f bibtex"),
    "schema": ("sdp schema --check", "sdp schema partnership"),
}


def below_help(name: str) -> str:
    """The examples of a command as the lines that end its help, which are not to be wrapped.

    >>> print(below_help("show").removeprefix(chr(8)))
    <BLANKLINE>
    Examples:
      sdp show korea
    """
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in EXAMPLES[name])])
