"""Report what is wrong with the characters of a file, and explain what libyaml refuses.

Refused is what people and programs would read differently: characters that cannot be seen, letters that look like
others, spaces at an end, and what a spreadsheet would run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import TypeAlias

from yaml import Mark, MarkedYAMLError

from sdp_matrix.files.disk import MAX_BYTES
from sdp_matrix.problem import Location, Problem
from sdp_matrix.text_safety import in_one_line

# Rules after which the rest of a file cannot be trusted.
ENDS_READING = frozenset({"tab", "control-character", "conflict-marker", "lfs-pointer"})

_MOST = 50  # lines reported per file

_HIDDEN = (  # zero-width and direction marks, fillers, variation selectors and tags
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufffb\U000e0000-\U000e0fff"
)
BLANKS = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"  # all spaces but the ordinary one
_TRAIL = "\x80-\xbf€‚ƒ„†‡ˆ‰Š‹ŒŽ‘“•—˜™š›œžŸ"  # the continuation bytes of UTF-8, read as Windows-1252 or Latin-1
_MOJIBAKE = "|".join(
    (
        f"(?:[ÃÂ][{_TRAIL}])+|Ã[’”…–](?=[a-z])",  # a run, as each pass through a wrong encoding doubles it
        "[ÄÅ][¡-ª¬-º¼-¿‚ƒ„†‡ˆ‰Š‹ŒŽ™š›œžŸ]",
        f"(?:[ÐÑÎÏ][{_TRAIL}…–’”]){{2,}}",
        f"â[{_TRAIL}”’][{_TRAIL}”’]|â€",
        "[Â-ô][\xa0-\xbf]?[\x80-\x9f][\x80-\xbf]?",  # read as Latin-1, which has control characters there
    )
)
"""UTF-8 that was read as Windows-1252 or Latin-1."""
_LATIN, _OTHER = "A-Za-zÀ-ÖØ-öø-ɏ", "\u0370-\u03ff\u0400-\u052f\u0531-\u0587"  # Greek, Cyrillic, Armenian
_UNLIKE = "ΓΔΘΛΞΠΣΦΨΩβδθλμξπσφψω"  # Greek that no Latin letter looks like, as in Δv and μm

_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|\r(?!\n)"
_MIXED = f"(?![{_UNLIKE}])(?:(?<=[{_LATIN}])[{_OTHER}]|[{_OTHER}](?=[{_LATIN}]))"
_JOINED = "\ufb00-\ufb06\U0001d400-\U0001d7ff"  # ligatures, and letters of mathematics
_WIDE, _EAST_ASIAN = "\uff01-\uff5e", "\u3001-\u9fff\uac00-\ud7af"  # wide signs belong beside Chinese or Japanese
_FORM = f"[{_JOINED}]+|(?<![{_EAST_ASIAN}{_WIDE}])[{_WIDE}]+(?![{_EAST_ASIAN}{_WIDE}])"
_MARKUP = r"</?(?:a|b|br|div|em|i|li|p|span|strong|sub|sup|ul)(?: [\w-]+=[^<>\n]*| ?/)?>"
_ENTITY = r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});"

_FAULTS = {
    "\t": ("tab", "a tab; write spaces instead, in YAML two for each level"),
    f"[{BLANKS}]": ("odd-blank", "the character {code} looks like a space but is not one; write an ordinary space"),
    f"[{_HIDDEN}]": ("invisible-character", "the character {code} cannot be seen; delete it"),
    _CONTROL: ("control-character", "the character {code} does not belong in text; delete it"),
    "\ufffd": ("damaged-text", "the character U+FFFD stands for a letter that was lost; write that letter"),
    "ï»¿|ï¿½": ("damaged-text", "'{text}' comes from a wrong encoding; delete it, or write the letter that was lost"),
    _MOJIBAKE: ("damaged-text", "'{text}' comes from a wrong encoding; {advice}"),
    _MIXED: ("mixed-alphabets", "the letter '{text}' ({name}) in a word of another alphabet; type the word again"),
    _ENTITY: ("damaged-text", "'{text}' is a character as web pages spell it; {advice}"),
    _FORM: ("damaged-text", "'{text}' is a form of letters that PDF files or East Asian keyboards have; {advice}"),
    _MARKUP: ("damaged-text", "'{text}' is markup of a web page; delete it"),
    "https?://(?=https?:)": ("damaged-text", "the address begins twice; delete the first '{text}'"),
}
"""Pattern of what does not belong in text, or was made by a wrong encoding, web page or keyboard; rule and message."""
_FAULTY = "|".join(f"({pattern})" for pattern in _FAULTS)  # the number of the group tells the fault
# The characters that other faults than & and addresses begin with; without them, no pattern is compiled.
_SUSPECT = re.compile(f"[\x00-\t\x0b-\x1f\x7f-\x9f{BLANKS}{_HIDDEN}{_JOINED}{_WIDE}\ufffd-\uffff<ÃÂÄÅÐÑÎÏâï{_OTHER}]")

# What git leaves behind if two people change the same lines.
_CONFLICT = r"(?m)^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r]|$)"

# A question mark right before a letter, and not in an address.
_LOST_LETTER = r"(?<!\S)[^\s/=]*\?[^\W\d_][^\s/=]*"
GAP = re.compile(r"(?<=\S)  +(?=\S)")
# Null to other YAML readers, and what people write in place of a value; in quotes it is meant.
_NOTHING = r"(?i:~|null|none|n/a|todo|tbd|tba|fixme|x{3,9}|[?]{2,9}|lorem(?: ipsum)?)"
_means_nothing = re.compile(_NOTHING).fullmatch
_NOT_TEXT = b"PK\3\4", b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8"  # xlsx, pdf, rtf, xls, png, jpg
# Most values are sound at a first look: one line, no gap or space at the ends, no formula, quotation or question mark.
PLAIN = re.compile(rf'(?!.*  |{_NOTHING}$)[^\s=+\-@"?](?:[^\n"?]{{,998}}[^\s"?])?')


def decode(path: str, content: bytes) -> str | Problem:
    r"""Return the text of a file, or the problem with its bytes.

    >>> print(decode("x.yaml", b"iso: \xff"))
    x.yaml:1:6: error: the byte 0xff is not UTF-8; save the file with the encoding UTF-8 [encoding]
    """
    if len(content) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        message = f"the file is larger than {limit}; a data file is a few kilobytes: is it the right file?"
        return Problem(Location(path), "file-size", message)
    if content.startswith(_NOT_TEXT) or content.count(0) > len(content) // 4:
        what = "a workbook, an archive, a picture or text in UTF-16"
        message = f"this is {what}, whatever its name; save it as plain text, a table as CSV, in UTF-8"
        return Problem(Location(path), "encoding", message)
    try:
        return content.decode("utf-8").removeprefix("\ufeff")  # editors on Windows write a byte order mark
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"the byte 0x{content[error.start]:02x} is not UTF-8; save the file with the encoding UTF-8"
        return Problem(Location(path, line, column), "encoding", message)


def check(path: str, text: str) -> tuple[Problem, ...]:
    r"""Return the problems with the characters of a text: one per line, in order; of tabs only the first.

    >>> print(check("x.yaml", "iso: N\u200bO")[0])
    x.yaml:1:7: error: the character U+200B (ZERO WIDTH SPACE) cannot be seen; delete it [invisible-character]
    """
    # a line is looked for only if the text has such signs at all, which takes a fifth of the time
    if any(sign * 7 in text for sign in "<=>|") and (conflict := re.search(_CONFLICT, text)):
        message = "two changes meet here that git could not merge; keep what is right, and delete the lines of "
        message += "'<', '|', '=' and '>'"
        return (Problem(Location(path, text.count("\n", 0, conflict.start()) + 1), "conflict-marker", message),)
    if text.startswith("version https://git-lfs"):
        message = "a pointer of Git LFS, not the file itself; fetch the file with 'git lfs pull'"
        return (Problem(Location(path), "lfs-pointer", message),)
    is_faulty = "//http" in text or re.search(_ENTITY, text) or not unicodedata.is_normalized("NFC", text)
    if not is_faulty and not any(re.compile(_FAULTY).match(text, sign.start()) for sign in _SUSPECT.finditer(text)):
        return ()
    return tuple(islice(_check(path, text), _MOST))


def _check(path: str, text: str) -> Iterator[Problem]:
    tabs = False
    for number, line in enumerate(text.split("\n"), 1):
        end = len(re.split(r"(?<!\S)#", line, maxsplit=1)[0])  # in a comment, what a web page has left harms nobody
        faults = (m for m in re.finditer(_FAULTY, line.removesuffix("\r")) if m[0][0] not in "<&" or m.start() < end)
        match = next((m for m in faults if not tabs or m[0] != "\t"), None)
        if match:
            tabs = tabs or match[0] == "\t"
            yield Problem(Location(path, number, match.start() + 1), *_described(match))
        elif not unicodedata.is_normalized("NFC", line):
            normal = unicodedata.normalize("NFC", line)
            same = next((i for i, (a, b) in enumerate(zip(line, normal, strict=False)) if a != b), len(normal))
            message = f"this letter is made of several characters; write it as one: '{normal[same : same + 1]}' (NFC)"
            yield Problem(Location(path, number, same + 1), "not-nfc", message)


def _described(match: re.Match[str]) -> tuple[str, str]:
    """Return the rule and message for a match of `_FAULTY`."""
    rule, message = [*_FAULTS.values()][(match.lastindex or 1) - 1]
    text, name = match[0], unicodedata.name(match[0][0], "a control character")
    original = in_one_line(_original(text)) if "{advice}" in message else ""
    advice = f"write '{original}'" if original and original != text else "write what the source has"
    return rule, message.format(text=in_one_line(text), code=f"U+{ord(text[0]):04X} ({name})", name=name, advice=advice)


def _original(text: str) -> str:
    """Return what a text was before a web page or a wrong encoding changed it."""
    if text.startswith("&"):
        from html import unescape  # sound files never need it

        return unescape(text)
    if (plain := unicodedata.normalize("NFKC", text)).isascii():
        return plain
    wrong = (c.encode("latin-1" if c < "\u0100" else "cp1252", "ignore") for c in text)
    before = b"".join(wrong).decode("utf-8", "ignore")
    return _original(before) if re.search(_MOJIBAKE, before) else before  # it may have been wrong twice


def fault(value: str, *, longest: int, is_quoted: bool = False, has_escapes: bool = False) -> tuple[str, str] | None:
    r"""Return the rule that a value breaks, and the message; None if it breaks none.

    An escape such as '\u202e' may put a character into a value that the text of the file does not have.

    >>> fault("Norway ", longest=99)
    ('outer-blank', 'the value begins or ends with a space; delete it')
    """
    if not value or (_means_nothing(value) and not is_quoted):
        what = f"'{value}' means no value" if value else "the value is empty"
        return "empty-value", f"{what}; write one, or remove the line if its key is optional"
    if "\n" in value:
        return "line-break", "the value has a line break; write it in one line"
    if value != value.strip():
        return "outer-blank", "the value begins or ends with a space; delete it"
    if len(value) > longest:
        return "too-long", f"the value has {len(value):,} characters, at most {longest:,} are allowed; shorten it"
    if GAP.search(value):
        return "odd-blank", "more than one space between two words; write one"
    if value[0] in "=+-@":
        message = f"a value must not begin with '{value[0]}': a spreadsheet would run it; begin with a letter or digit"
        return "formula", message
    if value.count('"') % 2:
        return "syntax", 'a quote " without another one; remove it, or write both'
    if "?" in value and (word := re.search(_LOST_LETTER, value)):
        what = f"'{in_one_line(word[0])}' has a question mark in place of a letter"
        return "damaged-text", f"{what}; write that letter, or a space after the mark"
    match = re.search(_FAULTY, value) if has_escapes else None
    return _described(match) if match else None


SyntaxFault: TypeAlias = tuple[int, int, str]  # line and column, from 1, and what to do there


def explain_syntax(text: str, error: MarkedYAMLError, *, opened: Sequence[tuple[int, int]] = ()) -> SyntaxFault:
    """Return the likely cause of a syntax error; `opened` is the place of the innermost open bracket, if any."""
    lines = text.split("\n")
    here = error.problem_mark or error.context_mark
    if here is None:
        return (1, 1, "the file cannot be read as YAML; is it the right file?")
    if "could not find expected ':'" in str(error.problem) and error.context_mark:
        here = error.context_mark  # the parser notices only on the next line
    if (begun := error.context_mark) and begun.column == 0 and "'-' indicator" in str(error.problem):
        here = begun  # a file is not a list
    if "..." in (above := [line.rstrip() for line in lines[: here.line]]):
        return (above.index("...") + 1, 1, "this line ends the document; remove it")
    return (  # the parser stops where it must, which may be far below the cause: likely causes come first
        _cut(lines, here, error.context_mark)
        or _open_quote(lines, here)
        or _left_open(lines, error, opened)
        or _out_of_place(lines[here.line] if here.line < len(lines) else "", here, str(error.problem or ""))
    )


CUT = re.compile(r"(?<=[^\s#])[ \t]+(?P<hash>#+[^#\s])")  # a comment by mistake: people put a space after its hash
CUT_OFF = "what follows ' #' is a comment and cut off; put the value in double quotes, or write '# ' for a comment"


def _cut(lines: list[str], here: Mark, begun: Mark | None) -> SyntaxFault | None:
    """Return a hash inside brackets, which also cuts off the closing bracket."""
    for number in range(begun.line if begun else here.line, min(here.line + 1, len(lines))):
        if (match := CUT.search(lines[number])) and re.search(r"[\[{]", lines[number][: match.start()]):
            return (number + 1, match.start("hash") + 1, CUT_OFF)
    return None


_KEY = r"^\s*(?:- )*[\w-]+:(?:\s|$)"
_BEGUN = r"""^\s*(?:- )*(?:[\w-]+:\s+)?(?P<text>(?P<quote>["'])(?:(?!(?P=quote)).)*)$"""


def _open_quote(lines: list[str], here: Mark) -> SyntaxFault | None:
    """Return a quote that no line closes before the next key; the parser goes on to the next quote."""
    for number, (line, below) in enumerate(pairwise(lines[: here.line + 1]), 1):
        if (match := re.match(_BEGUN, line)) and re.match(_KEY, below):
            return (number, match.start("text") + 1, _NEVER_CLOSED.format(match["quote"]))
    return None


_NEVER_CLOSED = "the quote {} is opened here and never closed; close it, or remove it"


def _left_open(lines: list[str], error: MarkedYAMLError, opened: Sequence[tuple[int, int]]) -> SyntaxFault | None:
    """Return the opening quote or bracket that the parser was in."""
    context, begun = str(error.context or ""), error.context_mark
    if opened and "expected node content" in str(error.problem):
        ((line, column),) = opened
        sign = lines[line - 1][column - 1 : column]
        return (line, column, f"the bracket '{sign}' is opened here and not closed properly; close it")
    is_quote = "quoted scalar" in context and "end of stream" in str(error.problem)
    if not begun or not (is_quote or "flow sequence" in context or "flow mapping" in context):
        return None
    sign = lines[begun.line][begun.column : begun.column + 1]
    closed = "]" if sign == "[" else "}"
    message = f"the bracket '{sign}' is opened here and not closed properly; add ',' or '{closed}'"
    return (begun.line + 1, begun.column + 1, _NEVER_CLOSED.format(sign) if is_quote else message)


_OUT_OF_PLACE = {
    "block sequence entries": {"": "a list item cannot begin here; put '- ' at the beginning of a line of its own"},
    "mapping values": {
        r"^\s*()[- ]*[\w-]+\0:(?=\s|$)": "this line begins too far right; begin it below the key above",
        "": "a second colon in one line; put the value in double quotes, or begin a new line before the key",
    },
    "expected key|'-' indicator": {
        r"(?:\]\0\(|\(\0)\S+://": "a link as in Markdown; write the text alone, or put it in double quotes",
        r"[\"\]\w}](?:\0,|,\s*\0)\s*$": "a comma at the end of the line, as in JSON; delete it",
        r"^[- ]*(?:[\w-]+:\s+)?([\[{])[^\]}]*[\]}]\s*\0\S": "a value cannot begin with '{}'; put it in double quotes",
        r"^[- ]*[\w-]+:\s+[\"'].*\0": "the quote closes inside the value; put the value in quotes of the other kind",
        r"^\0-  ": "a '-' from a list of changes by git; delete this line, or the '-' if the line belongs here",
        r"^\s*\0- +[\w-]+:": "there is no list here; delete the dash, and begin the line where its neighbours begin",
        "": "this line does not fit the indentation of the lines above; begin it where its neighbours begin",
    },
    "node content": {"": "a value is missing here; write one"},
    "expected ':'": {
        "": "this line has no colon; write 'key: value', indent it if the text above goes on, or else delete it"
    },
    "comment or line break": {r"\s([>|])\s": "a value cannot begin with '{}'; put it in double quotes"},
    "start any token": {
        r"^\s*\0```": "a fence of Markdown around the data; delete the lines with ```",
        r"\0(.)": "a value cannot begin with '{}'; put it in double quotes",
    },
    "unknown escape": {"": "a backslash inside double quotes; write it twice, or use single quotes"},
    "alphabetic or numeric": {"": "'*' and '&' have a meaning of their own in YAML; put the value in double quotes"},
    "<document start>": {"": "the file should have lines 'key: value'; this line does not follow the ones above"},
}
"""Message of the parser to patterns of the line, with a null where it stopped, and our messages."""


def _out_of_place(line: str, here: Mark, problem: str) -> SyntaxFault:
    marked = f"{line[: here.column]}\0{line[here.column :]}"
    causes = (causes for theirs, causes in _OUT_OF_PLACE.items() if re.search(theirs, problem))
    for pattern, message in next(causes, {}).items():
        if match := re.search(pattern, marked):
            sign = match[1] if match.re.groups else ""
            column = match.start(1) if match.re.groups and not sign else here.column
            return (here.line + 1, column + 1, message.format(sign))
    reason = in_one_line(problem, at_most=120) or "it ends too early"
    message = f"this is not YAML: {reason}; correct the line or the one above it"
    return (here.line + 1, here.column + 1, message)
