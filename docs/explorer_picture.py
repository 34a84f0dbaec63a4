"""Draw the picture of the explorer in the README, from the shipped data: `python docs/explorer_picture.py`.

It needs Chromium and the dependency groups `browser` and `test`; no test compares the picture.
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

from sdp_matrix import load
from sdp_matrix.publishing.explorer import render

ROOT = Path(__file__).parent.parent


def picture(page_file: Path) -> bytes:
    """Return the screen with the evidence of a contested cell open."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 820}, color_scheme="light", reduced_motion="reduce")
        page.goto(page_file.as_uri())
        page.evaluate("scrollTo(0, 160)")
        page.locator("#region").evaluate("region => region.scrollTo(0, 420)")
        page.locator("#grid tbody tr").nth(16).locator("td").nth(2).click()
        return bytes(page.screenshot())  # without playwright installed, mypy takes it for anything


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        written = Path(folder) / "sdp.html"
        written.write_text(render(load(ROOT / "data")), "utf-8")
        screen = Image.open(io.BytesIO(picture(written))).convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE)
        screen.save(ROOT / "docs" / "images" / "explorer.png", optimize=True)
