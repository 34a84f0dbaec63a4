"""What single characters and single values must not be: found in the text itself, before it means anything.

People see text, programs see characters. Whatever makes the two differ is refused: characters that cannot be seen,
letters in a form that looks like another, blanks at an end, and what a spreadsheet would run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from sdp_matrix.problem import Location, Problem

ENDS_READING = frozenset({"tab", "control-character"})
"""After these the rest of a file cannot be trusted to mean what it seems to."""

_MOST = 50
"""So many lines of one file are reported; what has more was not written by a person."""

_HIDDEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufffb\U000e0000-\U000e0fff"
)
BLANKS = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Blanks that are not the ordinary one, for a set of characters."""
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_ODD = re.compile(f"[\t{_CONTROL}{_HIDDEN}{BLANKS}\ufffe\uffff]|\r(?!\n)")

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_SOUND = re.compile(r"[^\s=+\-@](?:.*\S)?").fullmatch


def decoded(path: str, content: bytes, *, at_most: int) -> str | Problem:
    r"""The text of a file, or what is wrong with its bytes.

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
    r"""Problems of the characters of a text: one a line, in order; of tabs only the first.

    >>> print(check("x.yaml", "iso: N\u200bO")[0])
    x.yaml:1:7: error: the character U+200B (ZERO WIDTH SPACE) cannot be seen; delete it [invisible-character]
    """
    if unicodedata.is_normalized("NFC", text) and not _ODD.search(text):
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


def _odd(location: Location, found: str) -> Problem:
    if found == "\t":
        return Problem(location, "tab", "a tab; write blanks instead, in YAML two for each level")
    name = f"U+{ord(found):04X} ({unicodedata.name(found, 'a control character')})"
    if re.match(f"[{BLANKS}]", found):
        message = f"the character {name} looks like a blank and is none; write an ordinary blank"
        return Problem(location, "odd-blank", message)
    if re.match(f"[{_HIDDEN}]", found):
        return Problem(location, "invisible-character", f"the character {name} cannot be seen; delete it")
    return Problem(location, "control-character", f"the character {name} does not belong in text; delete it")


def _not_normal(path: str, number: int, line: str) -> Problem:
    normal = unicodedata.normalize("NFC", line)
    same = next((i for i, (a, b) in enumerate(zip(line, normal, strict=False)) if a != b), len(normal))
    message = f"this letter is made of several characters; write it as one: '{normal[same : same + 1]}' (NFC)"
    return Problem(Location(path, number, same + 1), "not-nfc", message)


def fault(value: str, *, longest: int) -> tuple[str, str] | None:
    """The rule that a value breaks whatever it stands for, and what to write instead; None where it breaks none.

    >>> fault("Norway ", longest=99)
    ('outer-blank', 'the value begins or ends with a blank; delete it')
    """
    if _SOUND(value) and len(value) <= longest and value not in _NOTHING:
        return None
    if value in _NOTHING:
        said = f"'{value}' stands for nothing" if value else "the value is empty"
        return "empty-value", f"{said}; write a value, or remove the line"
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
    r"""The same for characters that an escape such as '\u202e' puts into a value.

    >>> hidden("Nor\u202eway")[0]
    'invisible-character'
    """
    found = _ODD.search(value)
    if found is None:
        return None
    problem = _odd(Location(""), found[0])
    return problem.rule, problem.message
