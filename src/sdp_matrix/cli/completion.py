"""What the shells offer at TAB: their scripts, and the names in the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from sdp_matrix.matching import fold

_ID = re.compile(r"^ *(?:- +)?id: ['\"]?([a-z0-9-]+)['\"]?\s*(?:#.*)?$", re.MULTILINE)
_ALIASES = re.compile(r"^ *aliases:(.*\n(?: *- .*\n)*)", re.MULTILINE)

_ASK = "_SDP_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args _TYPER_COMPLETE_ARGS="
"""How typer is asked for lines of a word, a tab and its help; each script hands over the line up to the cursor."""

SCRIPTS = {
    # bash replaces only what follows a : or = in the word; typer's answers hold what precedes a colon
    "bash": f"""\
_sdp() {{
    local IFS=$'\\n' line="${{COMP_LINE:0:COMP_POINT}}"
    local word="${{line##*[ =]}}"
    COMPREPLY=($({_ASK}"$line" "$1" 2>/dev/null | cut -f1))
    if [[ $COMP_WORDBREAKS == *:* ]]; then
        COMPREPLY=("${{COMPREPLY[@]#"${{word%"${{word##*:}}"}}"}}")
    fi
}}
complete -o default -F _sdp sdp
""",
    # the file is the body of the function when zsh loads it at the first TAB, and a script when a shell evaluates it
    "zsh": f"""\
#compdef sdp
_sdp() {{
    local line
    local -a items
    for line in ${{(f)"$({_ASK}"${{words[1,CURRENT-1]}} $PREFIX" $words[1] 2>/dev/null)"}}; do
        items+=("${{${{line%%$'\\t'*}}//:/\\\\:}}${{${{(M)line%$'\\t'*}}/$'\\t'/:}}")
    done
    (( $#items )) || {{ _files; return }}
    compset -P '--*='
    _describe sdp items
}}
if [[ $funcstack[1] == _sdp ]]; then
    _sdp "$@"
else
    (( $+functions[compdef] )) || {{ autoload -Uz compinit && compinit }}
    compdef _sdp sdp
fi
""",
    "fish": f"""\
function __sdp
    set --local items (env {_ASK}(commandline --cut-at-cursor --current-process | string collect) sdp 2>/dev/null)
    set --local option (commandline --current-token --cut-at-cursor | string match --regex '^--[^=]*=')
    if set --query items[1]
        printf '%s\\n' "$option"$items
    else
        __fish_complete_path (commandline --current-token)
    end
end
complete --command sdp --no-files --arguments '(__sdp)'
""",
}


def names(*kinds: str) -> Callable[[Any, str], list[str]]:
    """Make the completion of a parameter that takes names of these kinds, or a list of them such as uk,norway."""

    def complete(ctx: Any, incomplete: str) -> list[str]:
        before, comma, typed = incomplete.rpartition(",")
        wanted, data = typed.casefold(), ctx.find_root().params.get("data")
        begun = [name for kind in kinds for name in _ids(kind, data) if name.startswith(wanted)]
        if not begun:
            begun = [name for kind in kinds for name in _aliases(kind, data, wanted)]
        # what was typed stays as it was typed, since shells compare letter for letter
        return [before + comma + typed + name[len(typed) :] for name in begun]

    return complete


def _ids(kind: str, data: str | None) -> Iterable[str]:
    """Name everything of a kind, in the order of the data; nothing if the data cannot be read."""
    if kind == "fields":
        from sdp_matrix.model.vocabulary import GROUP_FIELD, SIGNATORIES_FIELD, SOURCED_FIELDS

        yield from (*SOURCED_FIELDS, SIGNATORIES_FIELD)
        yield from (GROUP_FIELD + group for group in _ids("groups", data))
    elif kind == "partners":  # a partnership's file has its id for a name, so the files need not be read
        yield from (file.stem for file in _files(kind, data))
    else:  # the ids of a register are matched without YAML, which takes longer than the rest
        yield from _matches(_ID, kind, data)


def _aliases(kind: str, data: str | None, begins: str) -> Iterable[str]:
    """Name the first alias, as one word, of each thing of a kind that has one beginning like this."""
    for aliases in _matches(_ALIASES, kind, data):
        items = re.findall("- (.+)", aliases) or aliases.strip("[] \n").split(",")
        words = (fold(alias.strip("'\" ")).replace(" ", "-") for alias in items)
        yield from islice((word for word in words if word.startswith(begins)), 1)


def _matches(pattern: re.Pattern[str], kind: str, data: str | None) -> Iterable[str]:
    with suppress(OSError):
        for file in _files(kind, data):
            yield from pattern.findall(file.read_bytes().decode("utf-8", "replace"))


def _files(kind: str, data: str | None) -> list[Path]:
    from sdp_matrix.files.disk import data_folder

    folder = data_folder(data)
    return sorted((folder / "partnerships").glob("*.yaml")) if kind == "partners" else [folder / f"{kind}.yaml"]
