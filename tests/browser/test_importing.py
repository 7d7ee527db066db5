"""An exported workbook comes back edited: the real program, the real bot, a real browser."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import act_as, channel, say

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

PLACE = "proj-berth"


def to_charter(page: Page) -> None:
    page.locator("#apps").get_by_text("Charter").click()
    page.get_by_role("tab", name="Messages").click()


def exported(page: Page, folder: Path) -> Path:
    say(page, "/charter export")
    to_charter(page)
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name=re.compile("Download.*xlsx")).last.click()
    kept = folder / "charter.xlsx"
    download.value.save_as(kept)
    return kept


def edited(book: Path, name: str, *changes: tuple[str, str, str]) -> Path:
    """A copy in which somebody wrote other people: by the stage, who it was and who it is."""
    made = load_workbook(book)
    left = set(changes)
    for row in made["RACI"].iter_rows(min_row=2):
        for stage, before, after in changes:
            if (row[1].value, row[4].value) == (stage, before):
                row[4].value = after
                left.discard((stage, before, after))
    assert not left
    made.save(book.with_name(name))
    return book.with_name(name)


def attach(page: Page, file: Path, text: str = "") -> None:
    page.locator("#composer").get_by_label("File to attach").set_input_files(file)
    chip = page.locator("#composer").get_by_role("button", name=f"Take {file.name} away")
    expect(chip).to_be_visible()
    say(page, text)
    expect(chip).to_have_count(0)


def latest(page: Page, words: str, within: str = "#messages") -> Locator:
    found = page.locator(f"{within} > li").filter(has_text=words).last
    expect(found).to_be_visible(timeout=60_000)
    return found


def test_x8_a_workbook_is_exported_edited_and_attached(
    page: Page, playground: str, tmp_path: Path
) -> None:
    page.goto(playground)
    act_as(page, "Nia Okonkwo")
    channel(page, PLACE)
    book = exported(page, tmp_path)

    # Sent to Charter: a card says what it would change, and Apply does that.
    attach(page, edited(book, "one.xlsx", ("Data quality", "Bea Lind", "Cy Moss")))
    card = latest(page, "one.xlsx: ")
    expect(card).to_contain_text("0 created, 1 changed")
    card.get_by_role("button", name="Apply", exact=True).click()
    latest(page, "one.xlsx is taken")
    channel(page, PLACE)
    say(page, "/charter raci data quality")
    expect(latest(page, "Data quality")).to_contain_text("Cy Moss")

    # What was changed here, too, and otherwise, is a conflict.
    say(page, "/charter raci modelling clear C @Cy Moss")
    latest(page, "Cy Moss")
    say(page, "/charter raci modelling C @Bea Lind")
    latest(page, "Bea Lind")
    to_charter(page)
    attach(page, edited(book, "two.xlsx", ("Modelling", "Cy Moss", "Tariq Suleiman")))
    conflict = latest(page, "1 conflict")
    both = "was Cy Moss, the file says Tariq Suleiman, it is Bea Lind"
    expect(conflict).to_contain_text(f"C of Modelling (Berth Planner): {both}")
    expect(conflict.get_by_role("button", name="Apply")).to_have_count(0)

    # In a channel the menu of the message has it looked at; one without a file is refused.
    channel(page, PLACE)
    attach(page, edited(book, "three.xlsx", ("Resourcing", "Ivo Petrov", "Hana Mori")), "letters")
    said = latest(page, "three.xlsx")
    expect(said.get_by_role("link", name="Download three.xlsx")).to_be_visible()
    said.hover()
    said.get_by_role("button", name="Import letters of Nia Okonkwo").click()
    said.get_by_role("button", name=re.compile("1 reply")).click()
    card = latest(page, "three.xlsx: ", "#thread-messages")
    expect(card).to_contain_text("Only visible to you")
    card.get_by_role("button", name="Apply", exact=True).click()
    latest(page, "three.xlsx is taken", "#thread-messages")
    say(page, "no file here")
    plain = latest(page, "no file here")
    plain.hover()
    plain.get_by_role("button", name="Import letters of Nia Okonkwo").click()
    plain.get_by_role("button", name=re.compile("1 reply")).click()
    latest(page, "There is no sheet in this message", "#thread-messages")
