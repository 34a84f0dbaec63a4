r"""LaTeX to \input into a paper: a longtable in booktabs style that breaks over pages and repeats its header."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from sdp_matrix.formats import column_widths, footer
from sdp_matrix.formats.table import Cell, Look, Table
from sdp_matrix.sanitize import flat

PACKAGES = (
    r"\usepackage[T1]{fontenc}",
    r"\usepackage{array,booktabs,longtable,pdflscape,pifont,textcomp}",
    r"\usepackage{hyperref}",
)
"""What the preamble of the paper needs; the output says so in a comment."""

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "✓": r"\ding{51}",
    "✗": r"\ding{55}",
    "–": r"\textendash{}",
    "—": r"\textemdash{}",
    "‘": r"\textquoteleft{}",
    "’": r"\textquoteright{}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
    "…": r"\ldots{}",
    "·": r"\textperiodcentered{}",
    "×": r"\texttimes{}",
    "€": r"\texteuro{}",
    "≠": r"\ensuremath{\neq}",
    "→": r"\textrightarrow{}",
    "\u00a0": "~",
}
_ACCENTS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0306": "u",
    "\u0307": ".",
    "\u0308": '"',
    "\u030a": "r",
    "\u030b": "H",
    "\u030c": "v",
    "\u0323": "d",
    "\u0327": "c",
    "\u0328": "k",
    "\u0331": "b",
}
_LETTERS = {
    "ı": r"\i{}",
    "Þ": r"\TH{}",
    "þ": r"\th{}",
    "Ð": r"\DH{}",
    "ð": r"\dh{}",
    "Æ": r"\AE{}",
    "æ": r"\ae{}",
    "Ø": r"\O{}",
    "ø": r"\o{}",
    "Œ": r"\OE{}",
    "œ": r"\oe{}",
    "ß": r"\ss{}",
    "Ł": r"\L{}",
    "ł": r"\l{}",
    "Đ": r"\DJ{}",
    "đ": r"\dj{}",
}
_WIDE, _WIDEST = 7, 12
"""From so many columns on, the table lies on its side; with more than the second number, its letters are smaller."""
_LONG_TITLE = 300
"""A longer caption is a paragraph."""
_UNBROKEN = 24
"""A longer word may break anywhere."""


def render(table: Table) -> str:
    """Render one table; the comment at its top names the packages it needs."""
    lines = ["% Needs in the preamble:", *(f"%   {package}" for package in PACKAGES)]
    wide = len(table.shown) >= _WIDE
    size = r"\scriptsize" if len(table.shown) > _WIDEST else r"\footnotesize"
    lines += [r"\begin{landscape}"] * wide + [rf"\begingroup{size}\setlength{{\tabcolsep}}{{3pt}}\raggedright"]
    lines += _longtable(table)
    lines += _below(table)
    lines += [r"\endgroup"] + [r"\end{landscape}"] * wide
    return "\n".join(lines) + "\n"


def _longtable(table: Table) -> Iterator[str]:
    width = len(table.shown)
    yield rf"\begin{{longtable}}{{@{{}}{''.join(_column_types(table))}@{{}}}}"
    yield rf"\caption{{{_title(table.title)}}}\\"
    yield r"\toprule"
    yield from _header(table)
    yield r"\endfirsthead"
    yield r"\toprule"
    yield from _header(table)
    yield r"\endhead"
    yield r"\bottomrule"
    yield r"\endfoot"
    for section in table.sections:
        if section.title:
            title = rf"\textbf{{{spell(section.title)}}}"
            yield rf"\addlinespace\multicolumn{{{width}}}{{@{{}}p{{\linewidth}}@{{}}}}{{{title}}}\\*"
        for cells in section.rows:
            yield " & ".join(_cell(cells[i]) for i in table.shown) + r" \\"
    yield r"\end{longtable}"


def _title(text: str) -> str:
    """A caption is measured on one line, and TeX knows no line longer than six metres."""
    return spell(text) if len(text) <= _LONG_TITLE else rf"\protect\parbox[t]{{0.8\LTcapwidth}}{{{spell(text)}}}"


def _column_types(table: Table) -> Iterator[str]:
    columns = [table.columns[i] for i in table.shown]
    types = [_paragraph(c.align, share) for c, share in zip(columns, column_widths.shares(table), strict=True)]
    for alike, run in groupby(types):
        yield rf"*{{{len(list(run))}}}{{{alike}}}"


def _paragraph(align: str, share: float) -> str:
    """The type of a column that wraps within its share of the line."""
    kind = {"left": r"\raggedright", "right": r"\raggedleft", "center": r"\centering"}[align]
    return rf">{{{kind}\arraybackslash\hspace{{0pt}}}}p{{\dimexpr{share:.4f}\linewidth-2\tabcolsep}}"


def _header(table: Table) -> Iterator[str]:
    shares = column_widths.shares(table)
    for row in table.header:
        cells, rules, start = [], [], 0
        for cell in row:
            end = start + cell.span
            content = _cell(cell)
            bold = rf"\textbf{{{content}}}" if content and cell.look is Look.HEADING else content
            spanning = rf"\multicolumn{{{cell.span}}}{{{_paragraph('center', sum(shares[start:end]))}}}{{{bold}}}"
            cells.append(spanning if cell.span > 1 else bold)
            rules += [rf"\cmidrule(lr){{{start + 1}-{end}}}"] * (cell.span > 1 and bool(content))
            start = end
        yield " & ".join(cells) + r" \\" + "".join(rules)
    if table.header:
        yield r"\midrule"


def _below(table: Table) -> Iterator[str]:
    for line in footer.lines(table):
        text = spell(line.text)
        match line.kind:
            case footer.Kind.NOTE:
                text = rf"\textsuperscript{{{spell(line.marker)}}} {text}"
            case footer.Kind.REFERENCE:
                text = f"[{spell(line.marker)}] {text}"
            case footer.Kind.HEADING:
                text = rf"\textbf{{{text}}}"
            case _:
                pass
        yield rf"\par\smallskip\noindent {text}"


def _cell(cell: Cell) -> str:
    text = spell(cell.text)
    linked = rf"\href{{{_address(cell.href)}}}{{{text}}}" if cell.href else text
    marks = ",".join(spell(marker) for marker in cell.notes)
    # Braces keep a text that begins with a bracket from being read as an argument of the line break before it.
    guard = "{}" if text[:1] in {"[", "*"} else ""
    return guard + linked + (rf"\textsuperscript{{{marks}}}" if marks else "")


def _address(href: str) -> str:
    return "".join(rf"\{char}" if char in "%#&_$~" else char for char in href if char not in "\\{}")


def spell(text: str) -> str:
    r"""Spell a text so that TeX prints it and runs none of it.

    >>> print(spell(r"\input{x} Þór ğ ✓ 日"))
    \textbackslash{}input\{x\} \TH{}\'{o}r \u{g} \ding{51} [U+65E5]
    """
    spelt = (_broken(word) if len(word) > _UNBROKEN else "".join(map(_char, word)) for word in flat(text).split(" "))
    return " ".join(spelt).replace("--", "-{}-")


def _broken(word: str) -> str:
    """A long word, with places to break: TeX knows no line wider than six metres."""
    return r"\hspace{0pt}".join("".join(map(_char, part)) for part in re.findall(f".{{1,{_UNBROKEN}}}", word))


def _char(char: str) -> str:
    if char in _SPECIAL or char in _LETTERS:
        return _SPECIAL.get(char) or _LETTERS[char]
    if char.isascii():
        return char
    base, *accents = list(unicodedata.normalize("NFD", char))
    if len(accents) == 1 and accents[0] in _ACCENTS and base.isascii() and base.isalpha():
        inner = rf"\{base} " if base in "ij" and accents[0] not in "\u0323\u0327\u0328\u0331" else base
        return rf"\{_ACCENTS[accents[0]]}{{{inner.strip()}}}"
    return f"[U+{ord(char):04X}]"
