"""The explorer as people use it: by keyboard, by mouse, on paper and on a phone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from conftest import run_sdp
from sdp_matrix import Partnerships
from sdp_matrix.model.vocabulary import Status, Verdict

Visit: TypeAlias = Callable[..., Page]


VIEWS = {
    "matrix": "",
    "everyone": "#all=1",
    "sifted": "#all=1&status=covered&grade=contested",
    "nothing": "#asof=2020-01-01",
    "cell": "#open=united-kingdom/consular-matters",
    "partner": "#open=albania",
    "area": "#open=/cyber",
    "reference": "#open=@eprs-2026-03",
    "pair": "#view=compare&compare=japan,india&same=1",
    "several": "#view=compare&compare=japan,india,norway",
    "nobody": "#view=compare",
    "statements": "#view=statements",
    "search": "#search=cyber",
}


FOCUSED = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText"
POSITION = "(e => [e.parentNode.sectionRowIndex, e.cellIndex])(document.activeElement.closest('td, th'))"


def becomes(page: Page, script: str, expected: object) -> None:
    """Wait until a script gives what is expected: a slow machine runs the events of a key some time after it."""
    for _ in range(150):
        if page.evaluate(script) == expected:
            return
        page.wait_for_timeout(100)
    assert page.evaluate(script) == expected


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def leave(page: Page, key: str = "Escape") -> None:
    """Close the dialog by keyboard; only its event "close", which comes later, changes the address and the focus."""
    press(page, key)
    becomes(page, "!document.querySelector('dialog').open && !location.hash.includes('open=')", expected=True)


def marks(page: Page) -> dict[str, list[str]]:
    """Statuses as drawn, by number of area."""
    rows: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('#grid tbody tr')].map(row => [row.querySelector('.number').textContent, "
        "...[...row.querySelectorAll('td')].map(cell => cell.dataset.s)])"
    )
    return {row[0]: row[1:] for row in rows}


def test_the_grid_holds_the_matrix_of_the_library(visit: Visit, partnerships: Partnerships) -> None:
    page = visit()
    shown = partnerships.matrix()
    expected = {str(a.number): [str(p.status(a.id)) for p in shown.partnerships] for a in shown.areas}
    assert marks(page) == expected
    expect(page.locator("#count")).to_have_text("26 areas by 9 partnerships.")


def test_the_header_rows_have_the_spans_dates_and_footnotes_of_the_table(visit: Visit) -> None:
    page = visit()
    rows = page.locator("#grid thead tr")
    spans = rows.nth(0).locator(".span").evaluate_all("cells => cells.map(c => [c.innerText, c.colSpan])")
    assert spans == [["NATO PfP partner", 1], ["NATO Allies", 5], ["NATO Global Partners", 2], ["–[b]", 1]]
    assert rows.nth(3).inner_text().split("\t")[:3] == ["Date", "21 May 2024", "18 Dec. 2024[a]"]
    assert "Table 1 prints 19 Nov. 2024 for Albania" in page.locator("#footnotes").inner_text()


def test_the_policy_stops_a_foreign_script_and_a_request(visit: Visit, heard: list[str]) -> None:
    page = visit()
    refused: list[str] = page.evaluate(
        """async () => {
          const refused = [];
          try { document.createElement("script").textContent = "1"; } catch { refused.push("script"); }
          try { document.body.innerHTML = "<p>"; } catch { refused.push("markup"); }
          await fetch("https://example.org/").catch(() => refused.push("request"));
          return refused;
        }"""
    )
    assert refused == ["script", "markup", "request"]
    assert heard
    heard.clear()  # they were provoked


def test_keys_move_one_focus_through_the_grid_which_tab_enters_and_leaves(visit: Visit) -> None:
    page = visit()
    page.locator("#grid [tabindex='0']").focus()
    becomes(page, POSITION, [0, 1])
    moves = {"ArrowRight": [0, 2], "ArrowDown": [1, 2], "End": [1, 9], "Home": [1, 0], "Control+End": [25, 9]}
    for key, place in (moves | {"PageUp": [15, 9], "PageDown": [25, 9]}).items():
        press(page, key)
        becomes(page, POSITION, place)
    press(page, "ArrowDown", "Control+Home", "ArrowRight", "ArrowUp")
    becomes(page, FOCUSED, "Moldova")
    expect(page.locator("#grid [tabindex]")).to_have_count(1)
    press(page, "Shift+Tab")
    becomes(page, FOCUSED, "Reset")
    press(page, "Tab")
    becomes(page, FOCUSED, "Moldova")


def test_the_focused_cell_is_never_behind_the_headers(visit: Visit) -> None:
    page = visit("#all=1", width=700, height=500)
    page.locator("#grid [tabindex='0']").focus()
    press(page, "Control+End", *["ArrowUp"] * 20, *["ArrowLeft"] * 9)
    clear = """() => {
      const cell = document.activeElement.getBoundingClientRect();
      const head = document.querySelector("#grid thead").getBoundingClientRect();
      const first = document.querySelector("#grid tbody th").getBoundingClientRect();
      return cell.top >= head.bottom - 1 && cell.left >= first.right - 1;
    }"""
    becomes(page, clear, expected=True)


def test_enter_opens_a_cell_a_partner_and_an_area_and_escape_returns(visit: Visit) -> None:
    page = visit()
    page.locator("#grid [tabindex='0']").focus()
    press(page, *["ArrowDown"] * 18, *["ArrowRight"] * 4, "Enter")
    dialog = page.locator("dialog")
    expect(dialog).to_contain_text("United Kingdom: Deepening exchanges/coordination on consular matters")
    words = dialog.inner_text()
    for part in ("contested", "Supports covered", "Contradicts: supports not covered", "Table 1", "Outlook", "Counts"):
        assert part in words
    assert dialog.locator("a[href^=http]").count() >= 2
    for _ in range(12):
        press(page, "Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    leave(page)
    becomes(page, POSITION, [18, 5])
    becomes(page, "location.hash", "")
    press(page, *["ArrowUp"] * 19, *["ArrowLeft"] * 3, "Enter")
    expect(dialog).to_contain_text("Igli Hasani")
    leave(page)
    press(page, "ArrowDown", "Home", "Enter")
    expect(dialog).to_contain_text("Across the partnerships")


def test_a_dialog_that_is_opened_before_the_other_has_closed_stays_open(visit: Visit) -> None:
    page = visit()
    page.locator("#grid [tabindex='0']").focus()
    press(page, "Enter", "Escape", "ArrowDown", "Enter")
    expect(page.locator("#dialog-title")).to_have_text("Moldova: Hybrid threats")
    page.wait_for_timeout(500)  # the event "close" of the first
    expect(page.locator("dialog")).to_be_visible()


def test_space_on_partners_chooses_them_for_the_comparison(visit: Visit) -> None:
    page = visit()
    page.locator("#grid [tabindex='0']").focus()
    press(page, "ArrowUp", " ", "ArrowRight", " ")
    expect(page.locator("#grid .name[aria-selected='true']")).to_have_count(2)
    expect(page.locator("#announcement")).to_have_text("Albania is in the comparison, 2 in all.")
    page.locator("#tab-matrix").focus()
    press(page, "ArrowRight")
    becomes(page, FOCUSED, "Compare (2)")
    expect(page.locator("#comparison")).to_contain_text("Moldova and Albania")


def test_a_click_opens_a_cell_and_a_partner_whose_dialog_adds_it_to_the_comparison(visit: Visit) -> None:
    page = visit("#compare=japan")
    page.locator("#grid tbody tr").nth(2).locator("td").nth(5).click()
    expect(page.locator("#dialog-title")).to_have_text("Norway: Cyber issues")
    page.locator("#dialog-close").click()
    becomes(page, POSITION, [2, 6])
    page.locator("#grid .name").nth(8).click()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator("#tab-compare")).to_have_text("Compare (2)")
    becomes(page, "location.hash", "#compare=japan%2Cindia")


@pytest.mark.parametrize("pair", list(combinations(["albania", "north-macedonia", "japan", "ghana"], 2)), ids="-".join)
def test_the_comparison_is_that_of_the_library(pair: tuple[str, str], visit: Visit) -> None:
    page = visit(f"#view=compare&compare={','.join(pair)}")
    expected = json.loads(run_sdp("diff", *pair, "-f", "json").out)
    order = ["only_left", "only_right", "differs_in_kind", "unknown", "both", "neither"]
    summary = expected["summary"]
    figures = [str(summary[name]) for name in order if name != "unknown" or summary[name]]
    assert page.locator(".figures b").all_inner_texts() == figures
    numbers = {text.split()[0] for text in page.locator(".facts th.area").all_inner_texts()}
    assert numbers == {str(a["number"]) for a in expected["areas"] if a["relation"] not in {"both", "neither"}}


def test_three_partnerships_are_compared_at_once(visit: Visit, partnerships: Partnerships) -> None:
    page = visit("#view=compare")
    expect(page.locator("#comparison")).to_contain_text("Choose two or more")
    for name in ("Japan", "India", "Norway"):
        page.get_by_label(name, exact=True).check()
    rows = page.locator(".facts th.area")
    differing = partnerships.diff("japan", "india", "norway").differing
    expect(rows).to_have_count(len(differing))
    assert [text.split()[0] for text in rows.all_inner_texts()] == [str(row.area.number) for row in differing]
    page.get_by_label("Also the areas that do not differ").check()
    expect(rows).to_have_count(26)
    page.locator(".facts button").first.click()
    expect(page.locator("#dialog-title")).to_contain_text("Japan: ")
    leave(page)
    becomes(page, f"({FOCUSED}).includes('Japan')", expected=True)


def test_reset_brings_the_table_back_and_groups_and_newer_partnerships_choose_its_columns(
    visit: Visit, partnerships: Partnerships
) -> None:
    page = visit("#asof=2020-01-01&status=covered")
    expect(page.locator("#nothing")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#grid tbody tr")).to_have_count(26)
    page.locator("#group").select_option("efta")
    expect(page.locator("#grid .name .long")).to_have_text(["Norway"])
    page.locator("#all").check()
    expect(page.locator("#grid .name .long")).to_have_text(["Norway", "Iceland"])
    page.locator("#group").select_option("")
    expect(page.locator("#grid .name")).to_have_count(len(partnerships.partnerships))


COLOURS = """pale => [...document.querySelectorAll(`#grid td[data-s]${pale}`)].map(cell => {
  const { backgroundColor, color, fontWeight } = getComputedStyle(cell);
  return [cell.dataset.s, [backgroundColor, color, fontWeight].join()];
})"""


@pytest.mark.parametrize("status", Status, ids=str)
def test_a_filter_keeps_the_colour_of_what_fits(status: Status, visit: Visit, partnerships: Partnerships) -> None:
    page = visit(f"#all=1&status={status}")
    rows = [a for a in partnerships.areas if any(p.status(a.id) is status for p in partnerships.partnerships)]
    fitting = sum(p.status(a.id) is status for a in rows for p in partnerships.partnerships)
    assert list(marks(page)) == [str(a.number) for a in rows]
    assert f"{fitting} cell" in page.locator("#count").inner_text()
    assert page.locator(f"#status [value={status}]").text_content() == f"{status.words} ({fitting})"
    kept, pale = page.evaluate(COLOURS, ":not(.pale)"), page.evaluate(COLOURS, ".pale")
    assert (len(kept), {name for name, _ in kept}) == (fitting, {str(status)})
    assert len({look for _, look in pale}) == 1
    assert {look for _, look in kept}.isdisjoint(look for _, look in pale)


def test_each_choice_of_a_filter_says_what_it_leaves(visit: Visit, partnerships: Partnerships) -> None:
    page = visit()
    ids = {area.id for area in partnerships.areas}
    in_table = {p.id for p in partnerships.in_table}
    cells = [c for c in partnerships.contested() if c.field in ids and c.partnership.id in in_table]
    assert page.locator("#grade [value=contested]").text_content() == f"contested ({len(cells)})"
    page.locator("#grade").select_option("contested")
    expect(page.locator("#count")).to_contain_text(f"{len(cells)} cells fit")
    expect(page.locator("#grid td[data-g='contested']:not(.pale)")).to_have_count(len(cells))
    efta = page.locator("#group [value=efta]")
    expect(efta).to_have_text("EFTA states (1)")
    page.locator("#all").check()
    expect(efta).to_have_text("EFTA states (2)")


def test_a_day_can_be_typed(visit: Visit) -> None:
    page = visit()
    page.get_by_label("As of (empty: today)").focus()
    page.keyboard.type("05052025")  # the same whether the day or the month comes first
    expect(page.locator("#grid .name")).to_have_count(6)
    expect(page.locator("#title")).to_contain_text(", as of 5 May 2025")
    expect(page.locator("#source")).to_contain_text("As of 5 May 2025: marks as coded in")
    page.get_by_label("As of (empty: today)").fill("")
    expect(page.locator("#grid .name")).to_have_count(9)


@pytest.mark.parametrize(("address", "arguments"), [("", []), ("#all=1", ["--all"])])
def test_title_caveat_and_source_are_those_of_the_command(address: str, arguments: list[str], visit: Visit) -> None:
    page = visit(address)
    document = run_sdp("matrix", "--corrected", *arguments, "-f", "markdown").out
    parts = ("#title", "#caveat", "#source")
    assert all(text and text in document for text in map(page.inner_text, parts))
    page = visit("#all=1&group=africa")
    assert not any("Table 1" in page.inner_text(part) for part in parts)


def test_the_statements_are_those_of_the_library(visit: Visit, partnerships: Partnerships) -> None:
    page = visit("#view=statements")
    verdicts = [result.verdict for result in partnerships.factcheck()]
    assert page.locator(".badge").all_inner_texts() == [verdict.words for verdict in verdicts]
    page.locator("#verdict").select_option("false")
    expect(page.locator(".badge")).to_have_count(verdicts.count(Verdict.FALSE))
    expect(page.locator("#verdict :checked")).to_have_text(f"false ({verdicts.count(Verdict.FALSE)})")


def test_search_finds_an_area_in_every_partner(visit: Visit, partnerships: Partnerships) -> None:
    page = visit()
    page.get_by_label("Search everything").fill("consular")
    cells = page.locator("#results li", has_text="consular matters").first.locator(".strip button")
    expect(cells).to_have_count(len(partnerships.partnerships))
    assert page.locator("#results h3").all_inner_texts()[:2] == ["Areas", "Statements"]
    cells.get_by_text("✓ India").click()
    expect(page.locator("#dialog-title")).to_contain_text("India: Deepening exchanges")
    leave(page)
    becomes(page, f"({FOCUSED}).startsWith('✓ India')", expected=True)
    page.get_by_label("Search everything").fill("moldova consular")
    expect(page.locator("#results .strip button")).to_have_count(1)


def test_search_is_left_by_keyboard(visit: Visit) -> None:
    page = visit()
    page.get_by_label("Search everything").fill("igli hasani")
    press(page, "Enter", "Enter")
    expect(page.locator("#dialog-title")).to_have_text("Albania")
    leave(page)
    press(page, "Shift+Tab", "Shift+Tab", "Shift+Tab")
    becomes(page, FOCUSED, "Matrix")
    expect(page.locator("#view-matrix")).to_be_hidden()
    press(page, "Enter")
    expect(page.locator("#view-matrix")).to_be_visible()
    page.get_by_label("Search everything").fill("zzzz")
    expect(page.locator("#result-count")).to_contain_text("Nothing found")
    press(page, "Escape")
    expect(page.locator("#view-matrix")).to_be_visible()


def test_who_has_left_a_closed_dialog_is_not_called_back(visit: Visit) -> None:
    page = visit()
    page.get_by_label("Search everything").fill("igli hasani")
    press(page, "Enter", "Enter")
    closed = "new Promise(done => { const d = document.querySelector('dialog'); d.addEventListener('close', done);"
    expect(page.locator("dialog")).to_be_visible()
    page.evaluate(closed + "d.close(); document.getElementById('share').focus() }).then(() => 0)")
    becomes(page, FOCUSED, "Copy link")


@pytest.mark.parametrize("address", ["#open=moldova", "#view=compare&compare=moldova,japan"])
def test_the_mechanisms_of_a_partner_are_shown(address: str, visit: Visit, partnerships: Partnerships) -> None:
    words = visit(address).locator("body").inner_text()
    mechanisms = partnerships.partner("moldova").mechanisms
    assert [m for m in mechanisms if m.kind.words[1:] in words and (m.detail or "") in words] == list(mechanisms) != []


def test_a_reference_lists_what_it_supports_and_contradicts(visit: Visit, partnerships: Partnerships) -> None:
    contested = re.compile("NATO global partners: not member.*Contradicts: supports member", re.DOTALL)
    expect(visit("#open=india").locator("dialog")).to_contain_text(contested)
    page = visit("#open=united-kingdom/consular-matters")
    page.get_by_role("button", name="all it says").first.click()
    expect(page.locator("dialog")).to_contain_text("Table 1 prints the marks of Moldova")
    expect(page.locator("dialog")).to_contain_text("Consular matters contradicts: supports not covered")
    testimony = [t for t in partnerships.testimony("eeas-albania-2024") if t.partnership.id == "albania"]
    expect(visit("#open=@eeas-albania-2024").locator("dialog li")).to_have_count(len(testimony))


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        ("", ["matrix"]),
        ("#all=1", ["matrix", "--corrected", "--all"]),
        ("#view=compare&compare=japan,india", ["matrix", "japan", "india"]),
    ],
)
def test_what_is_shown_can_be_downloaded(address: str, arguments: list[str], visit: Visit) -> None:
    page = visit(address)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download csv").click()
    assert download.value.path().read_text("utf-8-sig") == run_sdp(*arguments, "-f", "csv").out


def test_an_address_restores_the_whole_view(visit: Visit) -> None:
    page = visit()
    page.locator("#all").check()
    page.locator("#status").select_option("covered")
    page.get_by_label("As of (empty: today)").fill("2025-06-30")
    page.locator("#grid tbody td").first.click()
    expect(page.locator("dialog")).to_be_visible()
    other = visit(page.evaluate("location.hash"))
    expect(other.locator("#dialog-title")).to_have_text(page.locator("#dialog-title").inner_text())
    for field in ("group", "status", "asof"):
        expect(other.locator(f"#{field}")).to_have_value(page.locator(f"#{field}").input_value())
    expect(other.locator("#all")).to_be_checked()
    assert marks(other) == marks(page)
    other.evaluate("location.hash = '#view=compare&compare=japan,india'")
    expect(other.locator(".figures")).to_be_visible()
    expect(other.locator("#tab-compare")).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize(
    "address", ["#view=nowhere&open=nobody/nothing", "#asof=x&group=x&status=x&grade=x", "#%", "#status=%00%ff<b>"]
)
def test_a_senseless_address_opens_the_page(address: str, visit: Visit) -> None:
    expect(visit(address).locator("#view-matrix")).to_be_visible()


def test_the_link_can_be_copied(visit: Visit) -> None:
    page = visit("#group=efta", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#share").click()
    expect(page.locator("#announcement")).to_have_text("The link was copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_no_violation(view: str, scheme: str, visit: Visit) -> None:
    page = visit(VIEWS[view], color_scheme=scheme, reduced_motion="reduce")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("view", VIEWS)
def test_no_screen_scrolls_sideways(view: str, visit: Visit) -> None:
    page = visit(VIEWS[view], width=320, height=700)
    for width in (320, 360, 800, 1600):
        page.set_viewport_size({"width": width, "height": 700})
        becomes(page, "[innerWidth, document.documentElement.scrollWidth]", [width, width])
        assert page.evaluate("[...document.querySelectorAll('button')].every(b => b.offsetWidth <= innerWidth)")


def test_a_phone_shows_the_table_and_folds_the_filters(visit: Visit) -> None:
    page = visit(width=375, height=700)
    expect(page.locator("#status")).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    page.locator("#status").select_option("already-exists")
    expect(page.locator("#grid tbody .number")).to_have_text(["22"])
    expect(page.locator("#grid .name .short").first).to_have_text("MD")


@pytest.mark.parametrize(("line", "wide"), [("matrix", True), ("show norway", False), ("factcheck", False)])
def test_a_page_keeps_its_caption_on_a_phone_and_scrolls_marks_alone(
    line: str, visit: Visit, tmp_path: Path, *, wide: bool
) -> None:
    file = tmp_path / "table.html"
    assert run_sdp(*line.split(), "-o", str(file)).code == 0
    page = visit(file=file, width=320, height=700)
    becomes(page, "document.documentElement.scrollWidth", 320)
    caption = page.locator(".caption").bounding_box()
    assert caption
    assert caption["x"] + caption["width"] <= 320
    assert page.locator(".scroll").evaluate("region => region.scrollWidth > region.clientWidth") is wide


def test_paper_gets_the_table_without_the_controls(visit: Visit) -> None:
    page = visit("#all=1")
    page.emulate_media(media="print")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("#grid")).to_be_visible()
    becomes(page, "(r => r.scrollHeight - r.clientHeight <= 1)(document.getElementById('region'))", expected=True)
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_hostile_data_are_inert(visit: Visit, hostile: Path) -> None:
    page = visit("#all=1", file=hostile)
    assert "</script><script>window.hit=1</script>" in page.locator("#footnotes").inner_text()
    page.locator("#grid tbody td").first.click()
    expect(page.locator("dialog")).to_contain_text("<img src=x onerror=window.hit=1>")
    expect(page.locator("a:not([href^=http])")).to_have_count(0)
    leave(page)
    places = {"view=compare": "#view-compare", "view=statements": "#view-statements", "search=script": "#results"}
    for address, place in places.items():
        page.evaluate("address => { location.hash = `#${address}&compare=moldova,albania` }", address)
        expect(page.locator(place)).to_be_visible()
        becomes(page, "document.documentElement.scrollWidth <= innerWidth", expected=True)
    assert page.evaluate("window.hit === undefined && document.images.length === 0 && document.scripts.length === 2")
    assert "\\u202e" in (page.locator("#grid .name").first.get_attribute("aria-label") or "")


def test_a_large_matrix_is_drawn_as_far_as_it_is_seen_and_can_be_walked(visit: Visit, large: Path) -> None:
    page = visit("#all=1", file=large)
    expect(page.locator("#count")).to_have_text("100 areas by 200 partnerships.")
    assert page.locator("#grid td[data-s]").count() < 1000
    page.locator("#grid [tabindex='0']").focus()
    row = "document.activeElement.parentNode.getAttribute('aria-rowindex')"
    press(page, "Control+End")
    becomes(page, "document.activeElement.getAttribute('aria-colindex')", "201")
    becomes(page, row, "104")
    page.locator("#region").evaluate("region => region.scrollTo(0, 0)")
    expect(page.locator("#grid tr[aria-rowindex='5']")).to_be_visible()  # the first area is drawn again
    press(page, "ArrowUp")
    becomes(page, row, "103")
    press(page, "Enter")
    expect(page.locator("#dialog-title")).to_contain_text(
        f"{page.locator('#grid .name').last.get_attribute('title')}: "
    )
    assert Axe().run(page).violations_count == 0
