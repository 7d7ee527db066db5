"""Somebody who keeps leaders in the picture: a file now, one a week, and one that comes back."""

import re

from openpyxl import load_workbook
from playwright.sync_api import Locator, expect

from tests.browser.scenes.scene import (
    PLACE,
    Step,
    closing,
    inbox,
    on_monday_at,
    pressing,
    quietly,
)
from tests.browser.walk import Walk

BROUGHT = 60_000
"""Milliseconds within which a file is made and brought."""


def _last(walk: Walk, words: str) -> Locator:
    found = walk.page.locator("#messages > li").filter(has_text=words).last
    expect(found).to_be_visible(timeout=BROUGHT)
    return found


def brought(words: str, title: str) -> Step:
    """What Charter brings by itself is waited for, in the direct message."""

    def read(walk: Walk) -> None:
        walk.inbox()
        walk.keep(title, _last(walk, words))

    return read


def told(words: str, title: str) -> Step:
    return lambda walk: walk.keep(title, _last(walk, words))


def attached(walk: Walk) -> None:
    """The workbook that came last, with somebody else in one seat, goes back with a message."""
    walk.inbox()
    with walk.page.expect_download(timeout=BROUGHT) as download:
        walk.page.get_by_role("link", name=re.compile("Download.*xlsx")).last.click()
    file = walk.folder / "edited.xlsx"
    download.value.save_as(file)
    book = load_workbook(file)
    for row in book["RACI"].iter_rows(min_row=2):
        if [row[at].value for at in (0, 1, 3)] == ["Berth Planner", "Data quality", "C"]:
            row[4].value = "Cy Moss"
    book.save(file)
    composer = walk.page.locator("#composer")
    composer.get_by_label("File to attach").set_input_files(file)
    expect(composer.get_by_role("button", name="Take edited.xlsx away")).to_be_visible()
    walk.keep("A file is attached", composer)
    walk.quietly("")
    walk.keep("What it would change", _last(walk, "edited.xlsx: "))


def tomorrow(walk: Walk) -> None:
    """The clock's own button, and what its panel says afterwards."""
    walk.page.get_by_role("button", name=re.compile("^Clock")).click()
    panel = walk.page.get_by_role("dialog", name="Clock")
    walk.keep("The clock", panel)
    panel.get_by_role("button", name="Tomorrow 9:00").click()
    expect(panel).to_have_attribute("aria-busy", "false", timeout=BROUGHT)
    walk.keep("The clock, after Tomorrow 9:00", panel)
    walk.page.keyboard.press("Escape")


EXPORTER: tuple[Step, ...] = (
    "/charter export",
    brought("Here is the workbook", "The workbook has come"),
    attached,
    pressing("Apply"),
    lambda walk: walk.go(PLACE),
    quietly("/charter export portfolio as markdown"),
    brought("Here is the Markdown file", "As Markdown"),
    lambda walk: walk.go(PLACE),
    "/charter export set",
    closing,
    "/charter export portfolio every Monday at 8:00",
    "/charter export when",
    tomorrow,
    on_monday_at("08:10"),
    told("It is the first one", "What comes on Monday"),
    lambda walk: walk.reads("It is the first one", "The file, in its thread"),
    inbox,
)
