"""Chromium, and the explorer opened in it; whoever opens it learns of every error and request afterwards."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from conftest import amended, run_sdp
from sdp_matrix import Partnerships
from sdp_matrix.model.partnership import Coverage, Partnership
from sdp_matrix.model.vocabulary import Status
from sdp_matrix.publishing.explorer import render

QUIET = "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking --disable-component-update"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    assert executable, "Chromium is missing; .ci/packages installs it"
    expect.set_options(timeout=30_000)  # a machine may be slow
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=QUIET.split())
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page that the command writes for the shipped data."""
    path = tmp_path_factory.mktemp("page") / "sdp.html"
    assert run_sdp("explorer", "-o", str(path)).code == 0
    return path


@pytest.fixture
def heard() -> list[str]:
    """Each error, warning and dialog of pages, and each request but the one for the page itself."""
    return []


@pytest.fixture
def visit(browser: Browser, built: Path, heard: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens the explorer at an address; afterwards nothing may have gone wrong or left the page."""
    contexts: list[BrowserContext] = []

    def visit(address: str = "", *, file: Path = built, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: heard.extend({request.url.split("#")[0]} - {file.as_uri()}))
        page.goto(file.as_uri() + address)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert heard == []


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory, partnerships: Partnerships) -> Path:
    """The page of 200 partners by 100 areas."""
    path = tmp_path_factory.mktemp("large") / "sdp.html"
    path.write_text(render(_enlarged(partnerships)), "utf-8")
    return path


def _enlarged(data: Partnerships) -> Partnerships:
    areas = [*data.areas, *(amended(data.areas[n % 26], number=n + 1, id=f"area-{n + 1}") for n in range(26, 100))]
    choice, statuses = random.Random(1), list(Status)  # noqa: S311 - not for secrets

    def filled(partnership: Partnership) -> Partnership:
        more = {a.id: Coverage(status=choice.choice(statuses)) for a in areas[26:]}
        return amended(partnership, coverage={**partnership.coverage, **more})

    partners = [filled(p) for p in data.partnerships]
    partners += [
        filled(amended(partners[n % 12], id=f"partner-{n}", name=f"Partner {n}", date=partners[11].date))
        for n in range(12, 200)
    ]
    return replace(data, areas=tuple(areas), partnerships=tuple(partners))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, partnerships: Partnerships) -> Path:
    """The page of data in which every text tries to be more than a text."""
    bad = (
        "</script><script>window.hit=1</script><img src=x onerror=window.hit=1>\u202e\u2028\x1b[31m<!--" + "x" * 10_000
    )
    references = tuple(
        amended(r, title=bad, publisher=bad, note=bad, url="javascript:window.hit=1") for r in partnerships.references
    )
    albania = partnerships.partner("albania")
    bad_date = amended(albania.date, departure=bad)
    data = replace(
        partnerships,
        areas=tuple(amended(a, title=bad, label=bad, definition=bad, includes=(bad,)) for a in partnerships.areas),
        partnerships=tuple(
            amended(p, name=f"{p.id}\u202e{bad}", date=bad_date if p is albania else p.date)
            for p in partnerships.partnerships
        ),
        references=references,
        statements=tuple(amended(s, paraphrase=bad, note=bad) for s in partnerships.statements),
        table=amended(partnerships.table, title=bad, published_note=bad),
    )
    path = tmp_path_factory.mktemp("hostile") / "sdp.html"
    path.write_text(render(data), "utf-8")
    return path
