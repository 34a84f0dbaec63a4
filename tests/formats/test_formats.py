"""Every format: what comes along, that hostile text is inert, and that the same data give the same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import shutil
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from conftest import DATA, Golden, Run, needs, printed_elsewhere, printed_here, with_needs
from sdp_matrix import RequestError, load
from sdp_matrix.errors import missing
from sdp_matrix.formats import RENDERERS, of_file, render
from sdp_matrix.formats.table import Cell, Column, Look, Note, Section, Table
from sdp_matrix.publishing import codebook
from sdp_matrix.text_safety import HARMFUL
from sdp_matrix.views import matrix

READ = [name for name in RENDERERS if name not in {"csv", "json"}]
"""Formats for people; those for machines have values without title, notes and legend."""
PACKED = {"docx": "word/document.xml", "xlsx": "xl/sharedStrings.xml"}
"""Formats that are zip files, and the part that holds the text."""
PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "end of script": "</style></script></title>]]>-->",
    "formula": '=HYPERLINK("http://example.org","x")',
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "ansi": "\x1b[31mred\x1b]8;;http://example.org\x07x",
    "override": "abc\u202edef\u2066ghi",
    "surrogate": "a\ud800b\x00c",
    "long": "A" * 10_000,
    "markdown": "![x](http://example.org) [y](javascript:alert(1)) `z` **b** |",
}

COVERED, NOT_COVERED, UNKNOWN = (
    Cell(mark, value=look.value, look=look)
    for mark, look in (("✓", Look.COVERED), ("✗", Look.NOT_COVERED), ("?", Look.UNKNOWN))
)


def table(text: str = "", link: str | None = None) -> Table:
    """A table with all its parts; each shows the text, and one cell the link."""
    first = (Cell("1", value=1), Cell("x"), Cell(f"First {text}"), COVERED, NOT_COVERED)
    second = (Cell("2", value=2), Cell("y"), Cell("Linked", link=link), UNKNOWN, Cell(text))
    return Table(
        title=f"Caption {text}",
        columns=(
            *(Column("number", align="right"), Column("id", machine_only=True), Column("area", grows=True)),
            *(Column("iceland", align="center"), Column("turkiye", align="center")),
        ),
        header=(
            (Cell(), Cell("Rows", look=Look.HEADING), Cell("Both partners", span=2, look=Look.HEADING)),
            (Cell(), Cell("Partner", look=Look.MUTED), Cell("Þingvellir", look=Look.HEADING), Cell("Türkiye")),
            (Cell(), Cell("Date", look=Look.MUTED), Cell("1\u00a0May\u00a02024", notes=("a", "b")), Cell("2025")),
        ),
        heading=1,
        sections=(Section((first, second), title=f"Section {text}"),),
        notes=(Note("a", f"Footnote {text}"), Note("b", "Another")),
        legend=((COVERED, "covered"), (NOT_COVERED, "not covered")),
        remarks=(f"Remark {text}",),
        source=f"Publisher {text}; edition 1.0.0.",
        appendices=lambda: (Table("Appendix", (Column("a"),), ((Cell("Head"),),), (Section(((Cell(text),),)),)),),
        data={"text": text},
    )


def parts(rendered: str | bytes) -> dict[str, str]:
    """The XML of an output, by the name of the part where it is a packed one."""
    if isinstance(rendered, str):
        return {"": rendered}
    with zipfile.ZipFile(io.BytesIO(rendered)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist() if name.endswith((".xml", ".rels"))}


def document(rendered: str | bytes) -> str:
    return parts(rendered)["word/document.xml"]


class _Page(HTMLParser):
    """The tags, addresses and texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"} and value and value[0] != "#"]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def inline(document: str) -> list[Token]:
    """What a CommonMark parser, with tables, makes of the texts of a document; addresses stay as they are written."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.normalizeLink = str  # type: ignore[method-assign,assignment]
    return [token for block in parser.parse(document) for token in block.children or ()]


def read(chosen: str, rendered: str | bytes) -> str:
    """What a person reads in an output."""
    if chosen == "html":
        return "".join(_Page(str(rendered)).texts)
    if chosen in PACKED:
        return " ".join(text for part in parts(rendered).values() for text in ET.fromstring(part).itertext())
    return str(rendered)


def links(chosen: str, rendered: str | bytes) -> list[str]:
    """The addresses that an output leads to."""
    if chosen == "html":
        return _Page(str(rendered)).links
    if chosen in PACKED:
        relations = [ET.fromstring(part) for name, part in parts(rendered).items() if name.endswith(".rels")]
        return [r.attrib["Target"] for part in relations for r in part if r.attrib.get("TargetMode") == "External"]
    tokens = inline(str(rendered)) if chosen == "markdown" else []
    return [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]


@pytest.mark.parametrize("chosen", with_needs(READ))
def test_everything_that_belongs_to_a_table_comes_along(chosen: str) -> None:
    text = " ".join(read(chosen, render(table(), chosen)).split())
    words = ["Caption", "Rows", "Both partners", "First", "Section", "Footnote", "Remark", "not covered", "1.0.0"]
    words += ["2025", "Þingvellir", "Türkiye", "✓", "✗", "?"]
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("chosen", [name for name in RENDERERS if name not in {*PACKED, "text"}])
def test_looks_as_it_did(chosen: str, golden: Golden) -> None:
    golden(f"format.{chosen}", str(render(table("text", "https://example.org/?a=1&b=%20"), chosen)))


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("chosen", with_needs(RENDERERS))
def test_hostile_text_is_inert(chosen: str, payload: str) -> None:
    rendered = render(table(payload, payload), chosen)
    raw = "".join(parts(rendered).values()) if chosen in PACKED else str(rendered)
    assert not HARMFUL.search(raw.replace("\r\n", "\n"))
    assert set(links(chosen, rendered)) <= {"http://example.org"}  # the only web address among them
    CHECKS.get(chosen, _nothing_more)(rendered, payload)


def _nothing_more(rendered: str | bytes, payload: str) -> None:
    assert payload[:20] in str(rendered) or not payload[:20].isprintable()


def _no_tag_of_the_payload(rendered: str | bytes, payload: str) -> None:
    assert _Page(str(rendered)).tags == _Page(str(render(table("x"), "html"))).tags
    assert payload[:8] in read("html", rendered) or not payload[:8].isprintable()


def _no_markup(rendered: str | bytes, payload: str) -> None:
    assert not re.search(r"<script|(?<!\\)\]\(|(?<!\\)\*\*b|(?<!\\)`", str(rendered)), payload


def _no_formula_of_the_sheet(rendered: str | bytes, payload: str) -> None:
    sheets = [part for name, part in parts(rendered).items() if name.startswith("xl/worksheets/sheet")]
    assert [bool(re.search(r"<f[ >]", sheet)) for sheet in sheets] == [False, False], payload


def _no_field(rendered: str | bytes, payload: str) -> None:
    elements = {element.tag.rpartition("}")[2]: element for element in ET.fromstring(document(rendered)).iter()}
    assert not elements.keys() & {"instrText", "object", "altChunk", "hyperlink"}, payload
    assert [*elements["fldSimple"].attrib.values()] == [r" SEQ Table \* ARABIC "]  # the number of the caption
    assert document(rendered).count("<w:fldSimple ") == 1


def _no_formula_in_a_cell(rendered: str | bytes, payload: str) -> None:
    cells = [cell for row in csv.reader(io.StringIO(str(rendered), newline="")) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells), payload


def _same_text(rendered: str | bytes, payload: str) -> None:
    assert json.loads(rendered) == {"text": payload}


CHECKS = {
    "html": _no_tag_of_the_payload,
    "markdown": _no_markup,
    "xlsx": _no_formula_of_the_sheet,
    "docx": _no_field,
    "csv": _no_formula_in_a_cell,
    "json": _same_text,
}
"""What inert means in a format, on top of what it means in all of them."""


@pytest.mark.parametrize("chosen", with_needs(READ[1:]))
def test_only_web_addresses_become_links(chosen: str) -> None:
    good, script, file = "https://example.org/a", "javascript:alert(1)", "file:///etc/passwd"
    assert set(links(chosen, render(table("x", good), chosen))) == {good}
    for bad in (script, file, "https://a b", 'https://x"onclick="', "https://" + "a" * 3000):
        assert links(chosen, render(table("x", bad), chosen)) == []


ADDRESSES = ["https://example.org/a_b?a=1&b=2", "https://example.org/a*b~c_(d)", "https://example.org/@name/issues#12"]
CALLS = "Post by @octocat in #12, o/r#3 and a@b.org"
DOCUMENTS = (
    "matrix --all --evidence|diff japan india --evidence|diff japan india korea|show japan|show eeas-albania-2024"
    "|explain uk consular|list references|list statements|find --covers consular|factcheck|timeline|patterns|verify"
    "|list contested|list prospects|list mechanisms|explain albania date|sql 'select title, url from reference'"
)


@pytest.fixture(scope="module")
def calling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data in which every reference calls somebody and names an issue."""
    folder = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("calling") / "data"))
    file = folder / "references.yaml"
    file.write_text(re.sub("(?m)^    title: .*", f'    title: "{CALLS}"', file.read_text("utf-8")), "utf-8")
    return folder


def test_every_address_in_markdown_is_a_link_to_itself_and_nobody_is_called(calling: Path, sdp: Run) -> None:
    documents = [sdp("--data", str(calling), *shlex.split(line), "-f", "markdown").out for line in DOCUMENTS.split("|")]
    documents += [sdp("changes", str(DATA), str(calling), "--full", "-f", "markdown").out, codebook.file(load(calling))]
    known = {reference.url for reference in load(DATA).references}
    for text in documents:
        assert {link for link in links("markdown", text) if "://" in link} <= known
        words = [token.content for token in inline(text) if token.type == "text" and token.content not in known]
        assert [word for word in words if "://" in word or re.search(r"[@#]\w", word)] == []
    assert all("octocat" in text for text in documents[:6])


def test_odd_addresses_in_markdown_are_links_to_themselves() -> None:
    text = f"see {ADDRESSES[0]}, ({ADDRESSES[1]}) and [{ADDRESSES[2]}]."
    addresses = links("markdown", render(table(text), "markdown"))
    assert addresses == ADDRESSES * (len(addresses) // len(ADDRESSES)) != []


_DIGESTS = """
import hashlib, sdp_matrix
from sdp_matrix import formats
from sdp_matrix.views import matrix, show
data = sdp_matrix.load()
shown = data.matrix(sdp_matrix.Selection(everyone=True))
tables = {"matrix": matrix.matrix(data, shown), "show": show.partnership(data, data.partner("india"))}
rendered = {f"{kind} {name}": formats.render(tables[kind], name) for kind in tables for name in formats.RENDERERS}
for name, content in {**rendered, **data.export()}.items():
    print(name, hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest())
"""


@needs("docx", "xlsxwriter")
def test_the_same_data_give_the_same_bytes_also_of_an_export() -> None:
    digests = printed_here(_DIGESTS)
    assert len(digests.splitlines()) > 2 * len(RENDERERS) + 10
    assert digests == printed_elsewhere(_DIGESTS)


@needs("xlsxwriter")
def test_the_workbook_brings_evidence_and_references_and_prints_table_1_on_one_page() -> None:
    data = load()
    content = parts(render(matrix.matrix(data, data.matrix()), "xlsx"))
    assert re.findall('sheet name="([^"]*)"', content["xl/workbook.xml"]) == ["Table", "Evidence", "References"]
    first = content["xl/worksheets/sheet1.xml"]
    assert all(element in first for element in ("<pane", "<autoFilter", "<pageSetUpPr"))
    assert re.search(r'<pageSetup paperSize="9"( scale="\d+")? orientation="landscape"/>', first)
    assert "regjeringen.no" in content["xl/worksheets/_rels/sheet3.xml.rels"]


@needs("xlsxwriter")
@pytest.mark.parametrize(
    ("cell", "serial", "shown"),
    [
        (Cell("1\u00a0Nov.\u00a02024", value="2024-11-01"), 45597, "d mmm yyyy"),
        (Cell("2024-11-01"), 45597, "d mmm yyyy"),
        (Cell("Nov.\u00a02024", value="2024-11"), 45597, "mmm yyyy"),
        (Cell("Summer\u00a02024"), None, "Summer 2024"),
        (Cell("2024", value="2024"), None, "2024"),
        (Cell("2024-11-01 to 2024-12-01"), None, "2024-11-01 to 2024-12-01"),
        (Cell("2024-02-30"), None, "2024-02-30"),
    ],
)
def test_a_day_or_month_is_a_date_in_a_workbook(cell: Cell, serial: int | None, shown: str) -> None:
    plain = Table("T", (Column("day"),), ((Cell("Day"),),), (Section(((cell,),)),))
    content = parts(render(plain, "xlsx"))
    assert (f"<v>{serial}</v>" in content["xl/worksheets/sheet1.xml"]) is (serial is not None)
    assert f'formatCode="{shown}"' in content["xl/styles.xml"] or f">{shown}<" in content["xl/sharedStrings.xml"]


@needs("xlsxwriter")
@pytest.mark.parametrize("line", ["list references", "list partners", "list prospects", "matrix", "timeline"])
def test_no_day_or_month_of_our_tables_is_text_in_a_workbook(line: str, sdp: Run) -> None:
    content = parts(sdp(*line.split(), "-f", "xlsx").data)
    assert "mmm yyyy" in content["xl/styles.xml"]
    assert not re.search(
        r">(\d{4}-\d\d(-\d\d)?|(\d+\u00a0)?[A-Z][a-z]+\.?\u00a0\d{4})<", content["xl/sharedStrings.xml"]
    )


@needs("docx")
@pytest.mark.parametrize(("title", "caption"), [("Table 3 – Areas", "Table 3 – Areas"), ("Areas", "Table 1. Areas")])
def test_a_caption_has_the_number_of_its_title(title: str, caption: str) -> None:
    root = ET.fromstring(document(render(table()._replace(title=title), "docx")))
    first = next(element for element in root.iter() if element.tag.endswith("}p"))
    assert "".join(first.itertext()) == caption
    assert "Caption" in {value for element in first.iter() for value in element.attrib.values()}


@needs("docx")
def test_a_wide_table_turns_the_page_repeats_its_header_and_ends_with_references() -> None:
    data = load()
    rendered = render(matrix.matrix(data, data.matrix(), evidence=True), "docx")
    text = document(rendered)
    assert 'w:orient="landscape"' in text
    assert 'w:orient="landscape"' not in document(render(table(), "docx"))
    assert text.count("<w:tblHeader/>") == 4
    assert text.count("<w:cantSplit/>") >= 30
    assert '<w:tblCaption w:val="Table 1 – Areas of cooperation' in text
    assert re.search('<w:pgSz w:w="16839" w:h="11907"', text), "A4"
    assert set(re.findall(r'<w:lang [^>]*w:val="([^"]*)"', parts(rendered)["word/styles.xml"])) == {"en-GB"}
    assert text.index("Source: ") < text.index(">References<") < text.index("regjeringen.no")
    assert any("regjeringen.no" in address for address in links("docx", rendered))


def test_a_fragment_is_aligned_without_a_style_sheet() -> None:
    page = str(render(table("x"), "html"))
    assert '<th scope="row" class="title" style="text-align:left">First x</th>' in page
    assert '<th scope="rowgroup" class="section" colspan="4" style="text-align:left">' in page
    assert '<td class="covered" style="text-align:center">✓</td>' in page


@needs("docx")
def test_footnotes_are_those_of_word_in_the_order_of_their_calls() -> None:
    data = load()
    rendered = parts(render(matrix.matrix(data, data.matrix()), "docx"))
    notes = re.findall(r'<w:footnote w:id="(\d)">.*?> ([^<.]*)', rendered["word/footnotes.xml"])
    # the one of the first header row, then that of a date
    assert notes == [("1", "Our value: India not under NATO global partners"), ("2", "Our value: 18 Dec")]
    assert re.findall(r'>NATO Global|footnoteReference w:id="\d"', rendered["word/document.xml"]) == [
        ">NATO Global",
        'footnoteReference w:id="1"',
        'footnoteReference w:id="2"',
    ]
    assert not any(text in rendered["word/document.xml"] for _, text in notes)
    assert "footnotes+xml" in rendered["[Content_Types].xml"]


@needs("docx")
def test_a_second_call_of_a_footnote_is_a_field_and_what_is_not_called_is_below_the_table() -> None:
    row = (*(Cell("x"),) * 3, Cell("✓", notes=("b", "T")), Cell("✗", notes=("b",)))
    text = document(render(table()._replace(header=(), sections=(Section((row,)),)), "docx"))
    assert re.findall(r'footnoteReference w:id="1"|NOTEREF _note1|>T<|>[ab]<|> Footnote', text) == [
        'footnoteReference w:id="1"',
        ">T<",
        "NOTEREF _note1",
        ">a<",  # the first footnote of the document, whatever its marker
        ">a<",
        "> Footnote",
    ]


@needs("docx", "xlsxwriter")
@pytest.mark.parametrize("chosen", PACKED)
def test_a_document_names_its_day_and_nothing_of_another_one(chosen: str) -> None:
    data = load()
    rendered = parts(render(matrix.matrix(data, data.matrix()), chosen))
    assert f'W3CDTF">{data.edition.date}T00:00:00Z</dcterms:created>' in rendered["docProps/core.xml"]
    assert ">sdp</dc:creator>" in rendered["docProps/core.xml"]
    assert not re.search("python-docx|Macintosh|thumbnail|Light Shading", "".join(rendered.values()))


@pytest.mark.parametrize(("module", "chosen"), [("xlsxwriter", "xlsx"), ("docx", "docx")])
def test_without_its_extra_a_format_says_what_to_install(
    module: str, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, f"sdp_matrix.formats.{chosen.replace('docx', 'docx_')}", raising=False)
    with pytest.raises(RequestError, match=r"pip install .*(XlsxWriter|python-docx)$"):
        render(table(), chosen)


@pytest.mark.parametrize("chosen", with_needs(PACKED))
def test_a_binary_format_is_not_for_a_terminal(chosen: str, sdp: Run) -> None:
    ran = sdp("show", "india", "-f", chosen, TTY="1")
    assert (ran.code, ran.out, "--output FILE" in ran.err) == (2, "", True)


def test_a_suffix_names_a_format() -> None:
    assert (of_file("Table.HTML"), of_file("a.htm"), of_file("a.md")) == ("html", "html", "markdown")
    with pytest.raises(RequestError, match=r"\.docx"):
        of_file("table.odt")
    with pytest.raises(RequestError, match="sdp plot matrix -o table"):
        of_file("table.pdf")


def test_a_missing_library_is_named_without_a_path_of_this_machine() -> None:
    message = str(missing("Word", "python-docx"))
    assert message.startswith("Word needs python-docx, which is not installed here; install it beside sdp")
    assert sys.prefix not in message
