"""Report what is wrong with the characters of a file, and explain what libyaml refuses.

Whatever makes people and programs read different things is refused: characters that cannot be seen, letters in a form
that looks like another, blanks at an end, and what a spreadsheet would run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from yaml import Mark, MarkedYAMLError

from sdp_matrix.problem import Location, Problem
from sdp_matrix.text_safety import in_one_line

ENDS_READING = frozenset({"tab", "control-character", "conflict-marker", "lfs-pointer"})
"""Rules after which the rest of a file cannot be trusted."""

_MOST = 50
"""Maximum number of lines reported per file."""

_HIDDEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufffb\U000e0000-\U000e0fff"
)
BLANKS = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Blanks that are not the ordinary one, for a set of characters."""
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_ODD = re.compile(f"[\t{_CONTROL}{_HIDDEN}{BLANKS}\ufffe\uffff]|\r(?!\n)")

_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r]|$)", re.MULTILINE)
"""What git leaves behind where two people changed the same lines."""

_TRAIL = "\xa0-\xbf€‚ƒ„†‡ˆ‰Š‹ŒŽ‘“•—˜™š›œžŸ"
_MOJIBAKE = "|".join(
    (
        f"[ÃÂ][{_TRAIL}]|Ã[’”…–](?=[a-z])",
        "[ÄÅ][¡-ª¬-º¼-¿‚ƒ„†‡ˆ‰Š‹ŒŽ™š›œžŸ]",
        f"(?:[ÐÑÎÏ][{_TRAIL}…–’”]){{2,}}",
        f"â€[{_TRAIL}”]?|â„¢|ï»¿|ï¿½",
    )
)
"""UTF-8 that was read as Windows-1252."""

_LATIN, _OTHER = "A-Za-zÀ-ÖØ-öø-ɏ", "\u0370-\u03ff\u0400-\u052f\u0531-\u0587"
_MIXED = f"(?<=[{_LATIN}])[{_OTHER}]|[{_OTHER}](?=[{_LATIN}])"
_DAMAGED = re.compile(
    rf"(?P<lost>\ufffd)|(?P<mojibake>{_MOJIBAKE})|(?P<mixed>{_MIXED})|(?P<entity>&(?:[A-Za-z]{{2,8}}|#\d{{2,6}}|#x[0-9A-Fa-f]{{2,5}});)|(?P<twice>https?://(?=https?:))"
)
"""What a wrong encoding, a web page or another keyboard made of a text."""

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_SOUND = re.compile(r"[^\s=+\-@](?:.*\S)?").fullmatch


def decoded(path: str, content: bytes, *, at_most: int) -> str | Problem:
    r"""Return the text of a file, or the problem with its bytes.

    >>> print(decoded("x.yaml", b"iso: \xff", at_most=99))
    x.yaml:1:6: error: the byte 0xff is not UTF-8; save the file with the encoding UTF-8 [encoding]
    """
    if len(content) > at_most:
        limit = f"{at_most / 1_000_000:g} MB"
        message = f"the file is larger than {limit}; a data file is a few kilobytes: is it the right file?"
        return Problem(Location(path), "file-size", message)
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"the byte 0x{content[error.start]:02x} is not UTF-8; save the file with the encoding UTF-8"
        return Problem(Location(path, line, column), "encoding", message)


def check(path: str, text: str) -> tuple[Problem, ...]:
    r"""Return the problems of the characters of a text: one per line, in order; of tabs only the first.

    >>> print(check("x.yaml", "iso: N\u200bO")[0])
    x.yaml:1:7: error: the character U+200B (ZERO WIDTH SPACE) cannot be seen; delete it [invisible-character]
    """
    if conflict := _CONFLICT.search(text):
        message = "two changes meet here that git could not merge; keep what is right, and delete the lines of "
        message += "'<', '|', '=' and '>'"
        return (Problem(Location(path, text.count("\n", 0, conflict.start()) + 1), "conflict-marker", message),)
    if text.startswith("version https://git-lfs"):
        message = "a pointer of Git LFS, not the file itself; fetch the file with 'git lfs pull'"
        return (Problem(Location(path), "lfs-pointer", message),)
    if unicodedata.is_normalized("NFC", text) and not _ODD.search(text) and not _DAMAGED.search(text):
        return ()
    return tuple(islice(_check(path, text), _MOST))


def _check(path: str, text: str) -> Iterator[Problem]:
    tabs = False
    for number, line in enumerate(text.split("\n"), 1):
        odd = next((m for m in _ODD.finditer(line.removesuffix("\r")) if not tabs or m[0] != "\t"), None)
        if odd:
            tabs = tabs or odd[0] == "\t"
            yield _odd(Location(path, number, odd.start() + 1), odd[0])
        elif not unicodedata.is_normalized("NFC", line):
            yield _not_normal(path, number, line)
        elif damage := _DAMAGED.search(line):
            yield Problem(Location(path, number, damage.start() + 1), *_damage(damage))


def _damage(damage: re.Match[str]) -> tuple[str, str]:
    """Return the rule and message for what was made of a text."""
    text = damage[0]
    match damage.lastgroup:
        case "mixed":
            message = (
                f"the letter '{text}' ({unicodedata.name(text)}) in a word of another alphabet; type the word again"
            )
            return "mixed-alphabets", message
        case "lost":
            return "damaged-text", "the character U+FFFD stands for a letter that was lost; write that letter"
        case "twice":
            return "damaged-text", f"the address begins twice; delete the first '{text}'"
        case "entity":
            from html import unescape  # sound files never need it

            right = unescape(text)
            meant = f"write '{in_one_line(right)}'" if right != text and right.strip() else "write the character itself"
            return "damaged-text", f"'{text}' is a character as web pages spell it; {meant}"
        case _:
            right = text.encode("cp1252", "ignore").decode("utf-8", "ignore").strip()
            meant = f"write '{right}'" if right else "write the letter itself"
            return "damaged-text", f"'{in_one_line(text)}' comes of a wrong encoding; {meant}"


def _odd(location: Location, character: str) -> Problem:
    if character == "\t":
        return Problem(location, "tab", "a tab; write blanks instead, in YAML two for each level")
    name = f"U+{ord(character):04X} ({unicodedata.name(character, 'a control character')})"
    if re.match(f"[{BLANKS}]", character):
        message = f"the character {name} looks like a blank and is none; write an ordinary blank"
        return Problem(location, "odd-blank", message)
    if re.match(f"[{_HIDDEN}]", character):
        return Problem(location, "invisible-character", f"the character {name} cannot be seen; delete it")
    return Problem(location, "control-character", f"the character {name} does not belong in text; delete it")


def _not_normal(path: str, number: int, line: str) -> Problem:
    normal = unicodedata.normalize("NFC", line)
    same = next((i for i, (a, b) in enumerate(zip(line, normal, strict=False)) if a != b), len(normal))
    message = f"this letter is made of several characters; write it as one: '{normal[same : same + 1]}' (NFC)"
    return Problem(Location(path, number, same + 1), "not-nfc", message)


def fault(value: str, *, longest: int) -> tuple[str, str] | None:
    """Return the rule that a value breaks, and the message; None if it breaks none.

    >>> fault("Norway ", longest=99)
    ('outer-blank', 'the value begins or ends with a blank; delete it')
    """
    if _SOUND(value) and len(value) <= longest and value not in _NOTHING:
        return None
    if value in _NOTHING:
        what = f"'{value}' stands for nothing" if value else "the value is empty"
        return "empty-value", f"{what}; write a value, or remove the line"
    if "\n" in value:
        end = value.endswith("\n") and "\n" not in value.rstrip("\n")
        advice = "begin the block with '>-'" if end else "write it in one line"
        return "line-break", f"the value {'ends with' if end else 'has'} a line break; {advice}"
    if value != value.strip():
        return "outer-blank", "the value begins or ends with a blank; delete it"
    if len(value) > longest:
        return "too-long", f"the value has {len(value):,} characters, at most {longest:,} are allowed; shorten it"
    return (
        "formula",
        f"a value must not begin with '{value[0]}': a spreadsheet would run it; begin with a letter or digit",
    )


def hidden(value: str) -> tuple[str, str] | None:
    r"""Return the same for characters that an escape such as '\u202e' puts into a value.

    >>> hidden("Nor\u202eway")[0]
    'invisible-character'
    """
    odd = _ODD.search(value)
    problem = _odd(Location(""), odd[0]) if odd else None
    return (problem.rule, problem.message) if problem else None


class SyntaxFault(NamedTuple):
    """A place, counted from 1, and what to do there."""

    line: int
    column: int
    message: str


_NO_BLANK = re.compile(r"^(?P<before>\s*(?:- )*)(?P<key>[A-Za-z_][\w-]*):(?P<value>[^\s/:][^:]*|/[^/:][^:]*)$")
_KEY = re.compile(r"^\s*(?:- )*[\w-]+:(?:\s|$)")


def explained(text: str, error: MarkedYAMLError, *, opened: tuple[int, int] | None) -> SyntaxFault:
    """Return the likely cause of a fault of the parser; `opened` is the place of the innermost open bracket."""
    lines = text.split("\n")
    here, begun = error.problem_mark or error.context_mark, error.context_mark
    problem, context = str(error.problem or ""), str(error.context or "")
    if here is None:
        return SyntaxFault(1, 1, "the file cannot be read as YAML; is it the right file?")
    words = in_one_line(problem, at_most=120) or "it ends too early"
    return (
        _cut(lines, here, begun)
        or _open_quote(lines, here)
        or (_unclosed(lines, problem, context, begun) if begun else None)
        or (_left_open(lines, *opened) if opened and "expected node content" in problem else None)
        or _missing_blank(lines, here)
        or _colon(lines, problem, context, here, begun)
        or _misplaced(lines, problem, here)
        or SyntaxFault(
            here.line + 1, here.column + 1, f"this is not YAML: {words}; correct the line or the one above it"
        )
    )


CUT = re.compile(r"(?<=[^\s#])[ \t]+(?P<hash>#+[^#\s])")
"""A hash that begins a comment and is hardly meant to."""
CUT_OFF = "what follows ' #' is a comment and cut off; put the value in double quotes, or write '# ' for a comment"


def _cut(lines: list[str], here: Mark, begun: Mark | None) -> SyntaxFault | None:
    """Inside brackets, a hash cuts off the bracket that closes them as well."""
    for number in range(begun.line if begun else here.line, min(here.line + 1, len(lines))):
        if (match := CUT.search(lines[number])) and re.search(r"[\[{]", lines[number][: match.start()]):
            return SyntaxFault(number + 1, match.start("hash") + 1, CUT_OFF)
    return None


_BEGUN = re.compile(r"""^\s*(?:- )*(?:[\w-]+:\s+)?(?P<text>(?P<quote>["'])(?:(?!(?P=quote)).)*)$""")


def _open_quote(lines: list[str], here: Mark) -> SyntaxFault | None:
    """Find a quote that no line closes before the next key; the parser stops at the next quote, which may be far."""
    for number, (line, below) in enumerate(pairwise(lines[: here.line + 1]), 1):
        if (match := _BEGUN.match(line)) and _KEY.match(below):
            return _quote(number, match.start("text") + 1, match["quote"])
    return None


def _quote(line: int, column: int, quote: str) -> SyntaxFault:
    return SyntaxFault(line, column, f"the quote {quote} is opened here and never closed; close it, or remove it")


def _unclosed(lines: list[str], problem: str, context: str, begun: Mark) -> SyntaxFault | None:
    line, column = begun.line + 1, begun.column + 1
    if "quoted scalar" in context and "end of stream" in problem:
        return _quote(line, column, lines[begun.line][begun.column : column])
    if "flow sequence" in context or "flow mapping" in context:
        opening = lines[begun.line][begun.column : column]
        closing = {"[": "]", "{": "}"}.get(opening, "}")
        message = f"the bracket '{opening}' is opened here and not closed properly; add ',' or '{closing}'"
        return SyntaxFault(line, column, message)
    return None


def _left_open(lines: list[str], line: int, column: int) -> SyntaxFault:
    bracket = lines[line - 1][column - 1 : column]
    return SyntaxFault(line, column, f"the bracket '{bracket}' is opened here and not closed properly; close it")


def _missing_blank(lines: list[str], here: Mark) -> SyntaxFault | None:
    """Find 'key:value', which is one word to YAML; the parser stops at a later line."""
    for index in range(min(here.line, len(lines) - 1), max(here.line - 3, -1), -1):
        if match := _NO_BLANK.match(lines[index].rstrip()):
            advice = in_one_line(f"{match['key']}: {match['value']}")
            message = f"a blank is missing after the colon; write '{advice}'"
            return SyntaxFault(index + 1, len(match["before"]) + 1, message)
    return None


def _colon(lines: list[str], problem: str, context: str, here: Mark, begun: Mark | None) -> SyntaxFault | None:
    if "could not find expected ':'" in problem and begun is not None and "simple key" in context:
        word = in_one_line(lines[begun.line].strip())
        return SyntaxFault(begun.line + 1, begun.column + 1, f"there is no colon after '{word}'; write 'key: value'")
    if "mapping values are not allowed" in problem:
        line = lines[here.line]
        if _KEY.match(line) and ":" not in line[: here.column]:
            message = "this line begins further right than its place; begin it below the key above"
            return SyntaxFault(here.line + 1, len(line) - len(line.lstrip()) + 1, message)
        message = "a second colon in one line; put the value in double quotes"
        second = re.search(rf"(?<=\S) ({_KEYS})$", line[max(here.column - _LONG_KEY, 0) : here.column])
        if second and line[here.column + 1 :].strip():
            message = f"two keys in one line; put '{second[1]}:' on a line of its own, or the value in double quotes"
        return SyntaxFault(here.line + 1, here.column + 1, message)
    return None


_LONG_KEY = 20
_KEYS = "id|name|iso|aliases|title|date|event|place|reference|locator|supports|note|status|value|party|office|publisher"
"""Keys that are hardly meant as words of a text."""

_QUOTED = re.compile(r"""\s*(?:- )*[\w-]+:\s+["']""")
_INDENTED = "this line does not fit the indentation of the lines above; begin it where its neighbours begin"
_ADVICE = {
    "block sequence entries are not allowed": "a list item cannot begin here; "
    "put '- ' at the beginning of a line of its own",
    "did not find expected key": _INDENTED,
    "expected '-' indicator": _INDENTED,
    "cannot start any token": "a value cannot begin with '{}'; put it in double quotes",
    "unknown escape character": "a backslash inside double quotes; write it twice, or use single quotes",
    "did not find expected alphabetic or numeric character": "'*' and '&' have a meaning of their own in YAML; "
    "put the value in double quotes",
    "expected <document start>": "the file should hold lines 'key: value'; this line does not follow the ones above",
}
"""Message of the parser on a line out of place, to ours."""


def _misplaced(lines: list[str], problem: str, here: Mark) -> SyntaxFault | None:
    text = lines[here.line] if here.line < len(lines) else ""
    advice = next((ours for theirs, ours in _ADVICE.items() if theirs in problem), None)
    if advice is None:
        return None
    if advice is _INDENTED and _QUOTED.match(text) and ":" in text[: here.column]:
        # the parser stops here, too, if a quote closes in the middle of a value
        advice = "text follows the closing quote; put the whole value inside one pair of quotes"
    if advice is _INDENTED and (comma := re.search(r"""["\]\w}](,)\s*$""", text)) and here.column >= comma.start(1):
        advice = "a comma at the end of the line, as in JSON; delete it"
    if advice is _INDENTED and re.match(r"\]?\(\S+://", text[here.column - 1 :]):
        advice = "a link as in Markdown; write the text alone, or put it in double quotes"
    return SyntaxFault(here.line + 1, here.column + 1, advice.format(text[here.column : here.column + 1]))
