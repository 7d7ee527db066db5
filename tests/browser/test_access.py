"""Everybody can use the page: axe-core finds nothing on any surface, in light and in dark."""

import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import axe_playwright_python  # type: ignore[import-untyped]  # only its script is read
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.steps import ask, dialog, write

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


AXE = files(axe_playwright_python).joinpath("axe.min.js").read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    page.evaluate(AXE)
    options = {"resultTypes": ["violations"], "runOnly": RULES}
    found: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    return [
        f"{fault['id']}: {fault['help']}: {place['html']}"
        for fault in found["violations"]
        for place in fault["nodes"]
    ]


def channel(page: Page) -> None:
    write(page, "@Charter board")
    write(page, "/charter matrix")
    expect(page.get_by_text("Only visible to you")).to_be_visible()


def thread(page: Page) -> None:
    ask(page).get_by_role("combobox", name="Ask somebody").click()


def calendar(page: Page) -> None:
    ask(page).get_by_role("button", name="Open calendar").click()


def form(page: Page) -> None:
    write(page, "/charter new")
    dialog(page).get_by_role("button", name="Hand over").click()
    expect(dialog(page).get_by_role("alert").first).to_be_visible()


def settings(page: Page) -> None:
    write(page, "/charter standup")
    expect(page.get_by_role("dialog", name="Standup")).to_be_visible()


def question(page: Page) -> None:
    ask(page).get_by_role("button", name="Clear").click()


def file(page: Page) -> None:
    write(page, "/charter export")
    expect(page.get_by_role("link", name="Download portfolio.xlsx")).to_be_visible()


def attached(page: Page) -> None:
    table: FilePayload = {"name": "raci.csv", "mimeType": "text/csv", "buffer": b"Stage;A\n"}
    page.locator("#composer").get_by_label("File to attach").set_input_files(files=[table])
    expect(page.get_by_role("button", name="Take raci.csv away")).to_be_visible()


def home(page: Page) -> None:
    page.get_by_role("button", name="Charter", exact=True).click()
    expect(page.get_by_role("heading", name="What you hold")).to_be_visible()


def about(page: Page) -> None:
    home(page)
    page.get_by_role("tab", name="About").click()


def switcher(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Jump to")).to_be_visible()


def clock(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Clock")).click()


def help(page: Page) -> None:
    page.get_by_role("button", name="Help").click()


def members(page: Page) -> None:
    page.get_by_role("button", name=re.compile("members$")).click()


def profile(page: Page) -> None:
    page.get_by_role("button", name="Sara Lindqvist: profile").click()


def completion(page: Page) -> None:
    page.get_by_role("textbox", name="Message #proj-sizing").press_sequentially("@s")


SURFACES: tuple[Callable[[Page], None], ...] = (
    *(channel, thread, calendar, form, settings, question, file, attached),
    *(home, about, switcher, clock, help, members, profile, completion),
)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda one: one.__name__)
def test_nothing_keeps_anybody_out(priya: Page, surface: Callable[[Page], None]) -> None:
    surface(priya)
    assert faults(priya) == []
    priya.emulate_media(color_scheme="dark")
    assert faults(priya) == []


def test_faults_are_found(priya: Page) -> None:
    """The other tests here mean something."""
    priya.evaluate("() => document.querySelector('main').append(document.createElement('button'))")
    assert [fault.split(":")[0] for fault in faults(priya)] == ["button-name"]
