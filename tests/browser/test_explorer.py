"""The explorer as people use it: by keyboard, by mouse, on paper and on a phone."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

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


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText"))


def position(page: Page) -> list[int]:
    cell: list[int] = page.evaluate(
        "(e => [e.parentNode.sectionRowIndex, e.cellIndex])(document.activeElement.closest('td, th'))"
    )
    return cell


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


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
    assert page.locator("#count").inner_text() == "26 areas by 9 partnerships."


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


def test_arrows_home_and_end_move_one_focus_through_the_grid(visit: Visit) -> None:
    page = visit()
    page.locator("#grid [tabindex='0']").focus()
    assert position(page) == [0, 1]
    press(page, "ArrowRight", "ArrowDown", "ArrowDown")
    assert position(page) == [2, 2]
    moves = {"End": [2, 9], "Home": [2, 0], "Control+End": [25, 9], "ArrowDown": [25, 9], "PageUp": [15, 9]}
    for key, place in moves.items():
        press(page, key)
        assert position(page) == place
    press(page, "Control+Home", "ArrowRight", "ArrowUp")
    assert focused(page) == "Moldova"
    assert page.locator("#grid [tabindex]").count() == 1


def test_tab_enters_the_grid_once_and_leaves_it(visit: Visit) -> None:
    page = visit()
    page.locator("#filters button").focus()
    press(page, "Tab")
    assert page.evaluate("document.activeElement.closest('#grid') !== null")
    press(page, "Shift+Tab")
    assert focused(page) == "Reset"


def test_the_focused_cell_is_never_behind_the_headers(visit: Visit) -> None:
    page = visit("#all=1", width=700, height=500)
    page.locator("#grid [tabindex='0']").focus()
    press(page, "Control+End", *["ArrowUp"] * 20, *["ArrowLeft"] * 9)
    clear = page.evaluate(
        """() => {
          const cell = document.activeElement.getBoundingClientRect();
          const head = document.querySelector("#grid thead").getBoundingClientRect();
          const first = document.querySelector("#grid tbody th").getBoundingClientRect();
          return cell.top >= head.bottom - 1 && cell.left >= first.right - 1;
        }"""
    )
    assert clear


def test_enter_opens_the_evidence_and_escape_returns(visit: Visit) -> None:
    page = visit()
    page.locator("#grid [tabindex='0']").focus()
    press(page, *["ArrowDown"] * 18, *["ArrowRight"] * 4, "Enter")
    dialog = page.locator("dialog")
    words = dialog.inner_text()
    assert "United Kingdom: Deepening exchanges/coordination on consular matters" in words
    for part in ("contested", "Supports covered", "Contradicts: supports not covered", "Table 1", "Outlook", "Counts"):
        assert part in words
    assert dialog.locator("a[href^=http]").count() >= 2
    for _ in range(12):
        press(page, "Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    press(page, "Escape")
    assert dialog.is_hidden()
    assert position(page) == [18, 5]
    assert "#" not in page.url


def test_enter_on_a_partner_and_on_an_area_opens_them(visit: Visit) -> None:
    page = visit()
    page.locator("#grid [tabindex='0']").focus()
    press(page, "ArrowRight", "ArrowUp", "Enter")
    words = page.locator("dialog").inner_text()
    assert "18 Dec. 2024" in words
    assert "Igli Hasani" in words
    press(page, "Escape", "ArrowDown", "Home", "Enter")
    assert "Across the partnerships" in page.locator("dialog").inner_text()


def test_space_on_partners_chooses_them_for_the_comparison(visit: Visit) -> None:
    page = visit()
    page.locator("#grid [tabindex='0']").focus()
    press(page, "ArrowUp", " ", "ArrowRight", " ")
    assert page.locator("#grid .name[aria-selected='true']").count() == 2
    assert page.locator("#announcement").inner_text() == "Albania is in the comparison, 2 in all."
    page.locator("#tab-matrix").focus()
    press(page, "ArrowRight")
    assert focused(page) == "Compare (2)"
    assert "Moldova and Albania" in page.locator("#comparison").inner_text()


def test_a_contested_membership_is_shown_with_its_evidence(visit: Visit) -> None:
    words = visit("#open=india").locator("dialog").inner_text()
    assert "NATO global partners: not member" in words
    assert "Contradicts: supports member" in words


def test_a_click_opens_the_cell_and_the_close_button_closes_it(visit: Visit) -> None:
    page = visit()
    page.locator("#grid tbody tr").nth(2).locator("td").nth(5).click()
    assert page.locator("#dialog-title").inner_text() == "Norway: Cyber issues"
    page.locator("#dialog-close").click()
    assert position(page) == [2, 6]


def test_the_dialog_of_a_partner_adds_it_to_the_comparison(visit: Visit) -> None:
    page = visit("#compare=japan")
    page.locator("#grid .name").nth(8).click()
    page.get_by_role("button", name="Compare", exact=True).click()
    assert page.locator("#tab-compare").inner_text() == "Compare (2)"
    assert "compare=japan%2Cindia" in page.url


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
    assert "Choose two or more" in page.locator("#comparison").inner_text()
    for name in ("Japan", "India", "Norway"):
        page.get_by_label(name, exact=True).check()
    comparison = partnerships.diff("japan", "india", "norway")
    numbers = [text.split()[0] for text in page.locator(".facts th.area").all_inner_texts()]
    assert numbers == [str(row.area.number) for row in comparison.differing]
    page.get_by_label("Also the areas that do not differ").check()
    assert page.locator(".facts th.area").count() == 26
    page.locator(".facts button").first.click()
    assert "Japan: " in page.locator("#dialog-title").inner_text()
    press(page, "Escape")
    assert "Japan" in focused(page)


def test_reset_brings_the_whole_table_back(visit: Visit) -> None:
    page = visit("#asof=2020-01-01&status=covered")
    assert page.locator("#nothing").is_visible()
    page.get_by_role("button", name="Reset").click()
    assert len(marks(page)) == 26


def test_groups_and_newer_partnerships_choose_the_columns(visit: Visit, partnerships: Partnerships) -> None:
    page = visit()
    page.locator("#group").select_option("efta")
    assert page.locator("#grid .name .long").all_inner_texts() == ["Norway"]
    page.locator("#all").check()
    assert page.locator("#grid .name .long").all_inner_texts() == ["Norway", "Iceland"]
    page.locator("#group").select_option("")
    assert page.locator("#grid .name").count() == len(partnerships.partnerships)


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
    assert f"{len(cells)} cells fit" in page.locator("#count").inner_text()
    assert page.locator("#grid td[data-g='contested']:not(.pale)").count() == len(cells)
    efta = page.locator("#group [value=efta]")
    assert efta.text_content() == "EFTA states (1)"
    page.locator("#all").check()
    assert efta.text_content() == "EFTA states (2)"


def test_a_day_can_be_typed(visit: Visit) -> None:
    page = visit()
    page.get_by_label("As of (empty: today)").focus()
    page.keyboard.type("05052025")  # the same whether the day or the month comes first
    assert page.locator("#grid .name").count() == 6
    assert page.locator("#title").inner_text().endswith(", as of 5 May 2025")
    assert "As of 5 May 2025: marks as coded in" in page.locator("#source").inner_text()
    page.get_by_label("As of (empty: today)").fill("")
    assert page.locator("#grid .name").count() == 9


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
    assert page.locator(".badge").count() == verdicts.count(Verdict.FALSE)
    assert page.locator("#verdict :checked").inner_text() == f"false ({verdicts.count(Verdict.FALSE)})"


def test_search_finds_an_area_in_every_partner(visit: Visit, partnerships: Partnerships) -> None:
    page = visit()
    page.get_by_label("Search everything").fill("consular")
    cells = page.locator("#results li", has_text="consular matters").first.locator(".strip button")
    assert cells.count() == len(partnerships.partnerships)
    assert page.locator("#results h3").all_inner_texts()[:2] == ["Areas", "Statements"]
    cells.get_by_text("✓ India").click()
    assert page.locator("#dialog-title").inner_text().startswith("India: Deepening exchanges")
    press(page, "Escape")
    assert focused(page).startswith("✓ India")
    page.get_by_label("Search everything").fill("moldova consular")
    assert page.locator("#results .strip button").count() == 1


def test_search_is_left_by_keyboard(visit: Visit) -> None:
    page = visit()
    page.get_by_label("Search everything").fill("igli hasani")
    press(page, "Enter", "Enter")
    assert page.locator("#dialog-title").inner_text() == "Albania"
    press(page, "Escape", "Shift+Tab", "Shift+Tab", "Shift+Tab")
    assert focused(page) == "Matrix"
    assert page.locator("#view-matrix").is_hidden()
    press(page, "Enter")
    assert page.locator("#view-matrix").is_visible()
    page.get_by_label("Search everything").fill("zzzz")
    assert "Nothing found" in page.locator("#result-count").inner_text()
    press(page, "Escape")
    assert page.locator("#view-matrix").is_visible()


def test_who_has_left_a_closed_dialog_is_not_called_back(visit: Visit) -> None:
    page = visit()
    page.get_by_label("Search everything").fill("igli hasani")
    press(page, "Enter", "Enter")
    closed = "new Promise(done => { const d = document.querySelector('dialog'); d.addEventListener('close', done);"
    page.evaluate(closed + "d.close(); document.getElementById('share').focus() }).then(() => 0)")
    assert focused(page) == "Copy link"


@pytest.mark.parametrize("address", ["#open=moldova", "#view=compare&compare=moldova,japan"])
def test_the_mechanisms_of_a_partner_are_shown(address: str, visit: Visit, partnerships: Partnerships) -> None:
    words = visit(address).locator("body").inner_text()
    mechanisms = partnerships.partner("moldova").mechanisms
    assert [m for m in mechanisms if m.kind.words[1:] in words and (m.detail or "") in words] == list(mechanisms) != []


def test_a_reference_lists_what_it_supports_and_contradicts(visit: Visit, partnerships: Partnerships) -> None:
    page = visit("#open=united-kingdom/consular-matters")
    page.get_by_role("button", name="all it says").first.click()
    words = page.locator("dialog").inner_text()
    assert "Table 1 prints the marks of Moldova" in words
    assert "Consular matters contradicts: supports not covered" in words
    testimony = [t for t in partnerships.testimony("eeas-albania-2024") if t.partnership.id == "albania"]
    assert visit("#open=@eeas-albania-2024").locator("dialog li").count() == len(testimony)


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
    address = "#" + page.url.split("#")[1]
    other = visit(address)
    assert other.locator("#dialog-title").inner_text() == page.locator("#dialog-title").inner_text()
    for field in ("group", "status", "asof"):
        assert other.locator(f"#{field}").input_value() == page.locator(f"#{field}").input_value()
    assert other.locator("#all").is_checked()
    assert marks(other) == marks(page)


def test_a_changed_address_changes_the_view(visit: Visit) -> None:
    page = visit()
    page.evaluate("location.hash = '#view=compare&compare=japan,india'")
    page.locator(".figures").wait_for()
    assert page.locator("#tab-compare").get_attribute("aria-selected") == "true"


@pytest.mark.parametrize(
    "address", ["#view=nowhere&open=nobody/nothing", "#asof=x&group=x&status=x&grade=x", "#%", "#status=%00%ff<b>"]
)
def test_a_senseless_address_opens_the_page(address: str, visit: Visit) -> None:
    page = visit(address)
    assert page.locator("#view-matrix").is_visible()


def test_the_link_can_be_copied(visit: Visit) -> None:
    page = visit("#group=efta", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#share").click()
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
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate("[...document.querySelectorAll('button')].every(b => b.offsetWidth <= innerWidth)")


def test_a_phone_shows_the_table_and_folds_the_filters(visit: Visit) -> None:
    page = visit(width=375, height=700)
    assert page.locator("#status").is_hidden()
    page.get_by_text("Filters", exact=True).click()
    page.locator("#status").select_option("already-exists")
    assert list(marks(page)) == ["22"]
    assert page.locator("#grid .name .short").first.inner_text() == "MD"


def test_paper_gets_the_table_without_the_controls(visit: Visit) -> None:
    page = visit("#all=1")
    page.emulate_media(media="print")
    assert page.locator("#filters").is_hidden()
    assert page.locator("#grid").is_visible()
    assert page.locator("#region").evaluate("region => region.scrollHeight - region.clientHeight") <= 1
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_hostile_data_are_inert(visit: Visit, hostile: Path) -> None:
    page = visit("#all=1", file=hostile)
    assert "</script><script>window.hit=1</script>" in page.locator("#footnotes").inner_text()
    page.locator("#grid tbody td").first.click()
    assert "<img src=x onerror=window.hit=1>" in page.locator("dialog").inner_text()
    assert page.locator("a:not([href^=http])").count() == 0
    press(page, "Escape")
    places = {"view=compare": "#view-compare", "view=statements": "#view-statements", "search=script": "#results"}
    for address, place in places.items():
        page.evaluate("address => { location.hash = `#${address}&compare=moldova,albania` }", address)
        page.locator(place).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("window.hit === undefined && document.images.length === 0 && document.scripts.length === 2")
    assert "\\u202e" in (page.locator("#grid .name").first.get_attribute("aria-label") or "")


def test_of_a_large_matrix_only_what_can_be_seen_is_drawn(visit: Visit, large: Path) -> None:
    page = visit("#all=1", file=large)
    assert page.locator("#count").inner_text() == "100 areas by 200 partnerships."
    assert page.locator("#grid td[data-s]").count() < 1000
    page.locator("#group").select_option("efta")
    assert "100 areas by" in page.locator("#count").inner_text()


def test_a_large_matrix_can_be_walked_and_scrolled(visit: Visit, large: Path) -> None:
    page = visit("#all=1", file=large)
    page.locator("#grid [tabindex='0']").focus()
    press(page, "Control+End")
    assert page.evaluate("document.activeElement.getAttribute('aria-colindex')") == "201"
    assert page.evaluate("document.activeElement.parentNode.getAttribute('aria-rowindex')") == "104"
    page.locator("#region").evaluate("region => region.scrollTo(0, 0)")
    page.locator("#grid tbody tr .number", has_text="1").first.wait_for()
    press(page, "ArrowUp")
    assert page.evaluate("document.activeElement.parentNode.getAttribute('aria-rowindex')") == "103"
    press(page, "Enter")
    last = page.locator("#grid .name").last.get_attribute("aria-label")
    assert page.locator("#dialog-title").inner_text().startswith(f"{last}: ")
    assert Axe().run(page).violations_count == 0
