"""The browser for tests: Chromium as the operating system has it, driven by Playwright."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from handlers.playground.clock import MovableClock, turning
from handlers.playground.double import CHARTER, PATIENCE, Command, Double, serving
from handlers.playground.page import Around, wsgi
from tests.browser import demo, program

PATIENCE_MS = 20_000
"""How long a page may take with one thing on a machine that is busy with other tests."""
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium. Skips where there is none; in CI (`CI=true`) that is a failure."""
    path = program.chromium_path()
    if path is None:
        words = "no Chromium found: install the package `chromium`"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(program.FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def browser_context(chromium: Browser) -> Iterator[BrowserContext]:
    """A window of its own, in a fixed zone and language."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 800},
        timezone_id="UTC",
        locale="en-GB",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(browser_context: BrowserContext) -> Iterator[Page]:
    """A page whose scripts must run without an error, and which reaches nothing but loopback."""
    page = browser_context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if _bad(message) else None)
    page.on("request", lambda request: _outside(request, wrong))
    yield page
    assert wrong == []


def _bad(message: Any) -> bool:
    # A refused deed (400) is part of the game: the page shows the words.
    return message.type == "error" and "400" not in message.text


def _outside(request: Any, wrong: list[str]) -> None:
    if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
        wrong.append(f"reached for {request.url}")


# The page with a small bot of the tests' own behind it

COMMANDS = (
    Command("/charter", "The charter of your team", "who | raci | new | help"),
    Command("/broken", "Never answers"),
)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(lambda: datetime.now(UTC))


@pytest.fixture
def double(clock: MovableClock) -> Double:
    double = Double(clock, replace(CHARTER, commands=COMMANDS), trigger_seconds=PATIENCE)
    clock.moved = double.space.changed
    demo.populate(double)
    return double


@pytest.fixture
def address(double: Double, clock: MovableClock) -> Iterator[str]:
    """The playground with the demo bot, on one port as `make run` serves it."""
    bots: list[WSGIApplication] = []

    def bot(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        return bots[0](environ, start)

    around = Around(
        deeds={"clock": turning(clock, lambda: demo.Mornings(double))},
        tries={"pull_request": "https://code.example/sizing/pull/7"},
    )
    with serving(wsgi(double, bot, around)) as url:
        double.base_url = url
        bots.append(demo.bot(double))
        yield url
        double.close()


@pytest.fixture
def priya(page: Page, address: str) -> Page:
    """The page as Priya sees it, in #proj-sizing."""
    page.goto(address)
    page.get_by_label("Act as").select_option(label="Priya Raman")
    page.get_by_role("button", name="proj-sizing").click()
    expect(page.get_by_role("textbox", name="Message #proj-sizing")).to_be_enabled()
    return page


# The real program


@pytest.fixture
def playground(tmp_path: Path) -> Iterator[str]:
    """The address of a playground of the test's own."""
    with program.playground(tmp_path) as address:
        yield address
    assert (tmp_path / "var" / "playground.db").exists()
