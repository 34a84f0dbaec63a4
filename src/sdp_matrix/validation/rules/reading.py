"""The rules that are checked while a file is read: its text, its YAML, its keys and the form of its values."""

from __future__ import annotations

import re

from sdp_matrix.validation.rules.rule import Rule, example

_TABLE = """
unreadable: Every file can be read; what is not read is silently missing from the data.
link: A data file is not a link, which may bring in what nobody reviewed.
no-data: A data folder has data files; an empty one is most often the wrong folder.
missing-file: Every shared file exists; the others refer to it.
file-size: A file has at most 2 MB; a larger one is not a data file and could stall every reader.
encoding: A file is UTF-8; in another encoding names are garbled for other readers.
conflict-marker: No lines that git left where two changes meet; one of the two is wrong.
    iso: AL⏎ => iso: AL⏎¦=======⏎
lfs-pointer: The folder has the file itself, not a pointer to it.
    prospects.yaml: prospects: []⏎ => ¦version https://git-lfs.github.com/spec/v1⏎
tab: No tabs; YAML does not allow them, and they cannot be seen.
      cyber: covered => ¦\tcyber: covered
control-character: No control characters; they can rewrite what a terminal shows.
    place: {value: Brussels => place: {value: ¦\x07Brussels
syntax: A file is YAML; after a syntax error nothing below it can be trusted.
    aliases: [shqiperia] => aliases: ¦[shqiperia
cut-off: A file is there to its end; what a broken download or a full disk left of it says less.
    prospects.yaml: prospects: []⏎ => prospects:¦⏎
empty-file: A file has content; an empty one is most often a save that went wrong.
    prospects.yaml: prospects: []⏎ => ¦⏎
not-a-mapping: A file consists of lines 'key: value'.
    prospects.yaml: prospects: []⏎ => ¦- prospects⏎
key: A key is plain text.
    iso: AL => iso: AL⏎? ¦[a, b]⏎: c
alias: No anchors and aliases; every value is written where it is read.
    iso: AL => iso: ¦&code AL
tag: No tags; every value is plain text.
    iso: AL => iso: ¦!!str AL
second-document: A file has one document; readers drop the others.
    iso: AL => iso: AL⏎¦---
depth: Values are nested 40 deep at most; no data file is deeper.
    iso: AL => iso: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[¦[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
stray-file: Only known files are in the folder; a file with another name or suffix is silently not read.
table-layout: The transcription has a cell for every column on every line: headings, 'Partner', 'Date', then the rows.
    tables/table-1.csv: ,Areas of cooperation,Allies,⏎ => ,Areas of cooperation,¦Allies⏎
table-number: The rows of the transcription are numbered 1, 2, 3 …; a repeated row would hide another's marks.
    tables/table-1.csv: 2,Cyber => ¦1,Cyber
table-date: A day in the transcription is written as the table prints it; other forms cannot be compared with ours.
    tables/table-1.csv: 19 Nov. 2024 => ¦19 November 2024
damaged-text: No letters that a wrong encoding or a web page has changed; the text would say something else.
    made by Zoë => made by Zo¦Ã«
mixed-alphabets: The letters of a word are from one alphabet; a look-alike makes another name.
    name: Albania => name: ¦\u0410lbania
cut-value: No value is cut off by ' #', which begins a comment; a comment has a space after its hash.
    name: Albania => name: Albania ¦#1
invisible-character: No characters that cannot be seen; they hide differences and reverse text.
    name: Albania => name: Al¦\u202ebania
odd-blank: No spaces but the ordinary one; others look alike and compare differently.
    occasion: {value: summit of => occasion: {value: summit¦\xa0of
not-nfc: Letters are normalised to NFC; else two equal names compare differently.
    made by Zoë => made by Zo¦e\u0308
layout: A line is at the level of what it belongs to, and each item of a list has its dash; else the meaning changes.
    name: Albania⏎iso => name: Albania⏎  ¦iso
duplicate-key: A key is in a mapping once; of two, most programs silently drop one.
    iso: AL => iso: AL⏎¦iso: XK
empty-value: A value is never empty; unknown is written 'unknown', or the line is left out.
    iso: AL => iso: ¦~
outer-blank: A value has no spaces at its ends; they cannot be seen.
    name: Albania => name: ¦"Albania "
line-break: A value is one line; a cell of a table has no more.
    place: {value: Brussels => place: {value: ¦"Brus\\nsels"
formula: No value begins with = + - or @; a spreadsheet would run it.
    place: {value: Brussels => place: {value: ¦"=1+1"
too-long: A value has at most 2,000 characters, a label 28, a short title 12; a longer one is cut off.
    areas.yaml: label: Cyber issues => label: ¦Cyber issues and whatever else there is
too-short: A list of a statement has something to check: a partnership, or two that follow one another.
    statements.yaml: over: [table] => over: ¦[]
unknown-key: Only keys that are listed; a misspelt one would silently be without effect.
    name: Albania => ¦nmae: Albania
missing-key: Every key that is not optional is present.
    id: albania⏎name: Albania⏎ => ¦id: albania⏎
shape: Every value is what its key needs: a list, a mapping or a text.
    aliases: [shqiperia] => aliases: ¦shqiperia
status: A status is covered, not-covered, already-exists or unknown; no mark, yes or no is read as one of them, because what is not known must not look like what is not covered.
    cyber: covered => cyber: ¦yes
choice: If only a few words are allowed, the value is one of them.
    act: {value: signed => act: {value: ¦singed
form: Numbers and versions have one form.
    areas.yaml: number: 2 => number: ¦two
id-form: An id is lower-case letters, digits and single hyphens, so that it is typed in one way only.
    id: albania => id: ¦Albania
iso-form: A country code is two capital letters.
    iso: AL => iso: ¦al
url-form: An address begins with https:// or http:// and has no spaces; no other kind is opened.
    references.yaml: url: https://example.org/albania => url: ¦javascript:alert(1)
words: A name has letters; a bare number is most often a mistake.
    name: Albania => name: ¦12
date-form: A date is written YYYY-MM-DD, the one notation that is read alike everywhere.
    {value: 2024-12-18 => {value: ¦18.12.2024
ambiguous-date: A date can mean one day only; 03/04/2025 is 3 April to some and 4 March to others.
    {value: 2024-12-18 => {value: ¦03/04/2025
impossible-date: A date is a day of the calendar.
    {value: 2024-12-18 => {value: ¦2024-02-30
"""
"""Each rule with its reason and, below it, its example; those that leave nothing of a file to read come first."""

RULES = tuple(  # a line without indentation is a rule, an indented one below it the example
    Rule(name, reason, example(planted) if planted else None)
    for name, reason, planted in re.findall("(?m)^([a-z-]+): (.*)(?:\n    (.*))?$", _TABLE)
)
