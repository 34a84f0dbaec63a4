"""The rules that are kept while a file is read: its text, its YAML, its keys and the form of its values."""

from __future__ import annotations

from sdp_matrix.validation.rules.rule import Example, Rule

_ALBANIA = "partnerships/albania.yaml"
_REFERENCES = "references.yaml"
_TABLE = "tables/table-1.csv"


def _rule(rule: str, reason: str, right: str = "", wrong: str = "", *, file: str = _ALBANIA) -> Rule:
    return Rule(rule, reason, Example(file, right, wrong) if right or wrong else None)


RULES = (
    _rule("unreadable", "Every file can be read; what is not read is silently missing from the data."),
    _rule("link", "A data file is a file and no link, which may bring in what nobody reviewed."),
    _rule("no-data", "A data folder holds data files; an empty one is most often the wrong folder."),
    _rule("file-size", "A file has at most 2 MB; a larger one is not a data file and could stall every reader."),
    _rule(
        "missing-file", "Every shared file is there; the others refer to it.", "prospects: []\n", file="prospects.yaml"
    ),
    _rule(
        "stray-file",
        "Only known files lie in the folder; a file with another name or suffix is silently not read.",
        "",
        "¦id: norway\n",
        file="partnerships/norway.yml",
    ),
    _rule(
        "table-layout",
        "The transcription has a cell for every column on every line: headings, 'Partner', 'Date', then the rows.",
        ",Areas of cooperation,Allies,\n",
        ",Areas of cooperation,¦Allies\n",
        file=_TABLE,
    ),
    _rule(
        "table-number",
        "The rows of the transcription are numbered 1, 2, 3 …; a row that is there twice would hide another's marks.",
        "2,Cyber",
        "¦1,Cyber",
        file=_TABLE,
    ),
    _rule(
        "table-date",
        "A day in the transcription is written as the table prints it; another form cannot be compared with ours.",
        "19 Nov. 2024",
        "¦19 November 2024",
        file=_TABLE,
    ),
    _rule(
        "conflict-marker",
        "No lines that git left where two changes meet; one of the two is wrong.",
        "iso: AL\n",
        "iso: AL\n¦=======\n",
    ),
    _rule(
        "lfs-pointer",
        "The file itself lies in the folder, not a pointer to it.",
        "prospects: []\n",
        "¦version https://git-lfs.github.com/spec/v1\n",
        file="prospects.yaml",
    ),
    _rule(
        "damaged-text",
        "No letters that a wrong encoding or a web page made of others; the text says something else.",
        "made by Zoë",
        "made by Zo¦Ã«",
    ),
    _rule(
        "mixed-alphabets",
        "The letters of a word are of one alphabet; a look-alike makes another name.",
        "name: Albania",
        "name: ¦\u0410lbania",
    ),
    _rule(
        "cut-value",
        "Nothing is cut off a value; ' #' begins a comment, which is written with a blank behind it.",
        "name: Albania",
        "name: Albania ¦#1",
    ),
    _rule("encoding", "A file is UTF-8; in another encoding names are garbled for other readers."),
    _rule("tab", "No tabs; YAML does not allow them, and they are not seen.", "  cyber: covered", "¦\tcyber: covered"),
    _rule(
        "control-character",
        "No control characters; they can rewrite what a terminal shows.",
        "place: {value: Brussels",
        "place: {value: ¦\x07Brussels",
    ),
    _rule(
        "invisible-character",
        "No characters that cannot be seen; they hide differences and reverse text.",
        "name: Albania",
        "name: Al¦\u202ebania",
    ),
    _rule(
        "odd-blank",
        "No blanks but the ordinary one; the others look alike and compare differently.",
        "occasion: {value: summit of",
        "occasion: {value: summit¦\xa0of",
    ),
    _rule(
        "not-nfc",
        "Letters are normalised to NFC; else two equal names compare differently.",
        "made by Zoë",
        "made by Zo¦e\u0308",
    ),
    _rule(
        "layout",
        "A line stands at the level of what it belongs to, and each item of a list has its dash; else it says something else.",
        "name: Albania\niso",
        "name: Albania\n  ¦iso",
    ),
    _rule(
        "syntax",
        "A file is YAML; after a slip nothing below it can be trusted.",
        "aliases: [shqiperia]",
        "aliases: ¦[shqiperia",
    ),
    _rule(
        "empty-file",
        "A file says something; an empty one is most often a save that went wrong.",
        "prospects: []\n",
        "¦\n",
        file="prospects.yaml",
    ),
    _rule(
        "not-a-mapping", "A file holds lines 'key: value'.", "prospects: []\n", "¦- prospects\n", file="prospects.yaml"
    ),
    _rule(
        "duplicate-key",
        "A key stands once in a mapping; of two, most programs silently drop one.",
        "iso: AL",
        "iso: AL\n¦iso: XK",
    ),
    _rule("key", "A key is plain text.", "iso: AL", "iso: AL\n? ¦[a, b]\n: c"),
    _rule("alias", "No anchors and aliases; every value is written where it is read.", "iso: AL", "iso: ¦&code AL"),
    _rule("tag", "No tags; every value is plain text.", "iso: AL", "iso: ¦!!str AL"),
    _rule("second-document", "A file holds one document; readers drop the others.", "iso: AL", "iso: AL\n¦---"),
    _rule(
        "depth",
        "Values are nested 40 deep at most; no data file is deeper.",
        "iso: AL",
        "iso: " + "[" * 39 + "¦" + "[" * 2 + "]" * 41,
    ),
    _rule(
        "empty-value",
        "A value is never empty; unknown is written 'unknown', or the line is left out.",
        "iso: AL",
        "iso: ¦~",
    ),
    _rule(
        "outer-blank", "A value has no blanks at its ends; they cannot be seen.", "name: Albania", 'name: ¦"Albania "'
    ),
    _rule(
        "line-break",
        "A value is one line; tables and cells hold no more.",
        "place: {value: Brussels",
        'place: {value: ¦"Brus\\nsels"',
    ),
    _rule(
        "formula",
        "No value begins with = + - or @; a spreadsheet would run it.",
        "place: {value: Brussels",
        'place: {value: ¦"=1+1"',
    ),
    _rule(
        "too-long",
        "A value has at most 2,000 characters; a longer one is a text, not a value.",
        "place: {value: Brussels",
        "place: {value: ¦" + "x" * 2001,
    ),
    _rule(
        "unknown-key",
        "Only keys that are listed; a misspelt one would silently be without effect.",
        "name: Albania",
        "¦nmae: Albania",
    ),
    _rule(
        "missing-key",
        "Every key that is not optional is there.",
        "id: albania\nname: Albania\n",
        "¦id: albania\n",
    ),
    _rule(
        "shape",
        "A list stands where a list is needed, a mapping where a mapping is, a text where a text is.",
        "aliases: [shqiperia]",
        "aliases: ¦shqiperia",
    ),
    _rule(
        "status",
        "A status is covered, not-covered, already-exists or unknown; no mark, yes or no is taken for one, because what is not known must not look like what is not covered.",
        "cyber: covered",
        "cyber: ¦yes",
    ),
    _rule("choice", "Where a few words are allowed, it is one of them.", "act: {value: signed", "act: {value: ¦singed"),
    _rule("form", "Numbers and versions have one form.", "number: 2", "number: ¦two", file="areas.yaml"),
    _rule(
        "id-form",
        "An id is lower-case letters, digits and single hyphens, so that it is typed in one way only.",
        "id: albania",
        "id: ¦Albania",
    ),
    _rule("iso-form", "A country code is two capital letters.", "iso: AL", "iso: ¦al"),
    _rule(
        "url-form",
        "An address begins with https:// or http:// and has no blanks; no other kind is opened.",
        "url: https://example.org/albania",
        "url: ¦javascript:alert(1)",
        file=_REFERENCES,
    ),
    _rule("words", "A name has letters; a bare number is most often a slip.", "name: Albania", "name: ¦12"),
    _rule(
        "date-form",
        "A date is written YYYY-MM-DD, the one notation that is read alike everywhere.",
        "{value: 2024-12-18",
        "{value: ¦18.12.2024",
    ),
    _rule(
        "ambiguous-date",
        "A date can be one day only; 03/04/2025 is 3 April to some and 4 March to others.",
        "{value: 2024-12-18",
        "{value: ¦03/04/2025",
    ),
    _rule("impossible-date", "A date is a day of the calendar.", "{value: 2024-12-18", "{value: ¦2024-02-30"),
)
