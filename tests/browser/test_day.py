"""A whole day of a team, as four people live it: the real program, in a real browser."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.bot.exported import SHEETS
from tests.browser.steps import accepts, act_as, channel, choose, monday, moved, say

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

PROJECT, PLACE = "Berth Planner", "proj-berth"
ZONES = {"Hana Mori": "Tokyo", "Ivo Petrov": "Sofia", "Cy Moss": "Halifax"}
"""Who answers the standup, each in a zone of their own."""


def messages(page: Page) -> Locator:
    return page.locator("#messages > li")


def thread(page: Page, of: str) -> Locator:
    """The thread under somebody's message, opened."""
    said = messages(page).filter(has_text=of).last
    said.get_by_role("button", name=re.compile("repl")).click()
    return page.locator("#thread-messages")


def asks_and_hands_over(page: Page) -> None:
    say(page, "@Charter who owns the data pipeline?")
    answer = thread(page, "who owns the data pipeline?")
    expect(answer).to_contain_text("Bea Lind is accountable for Data pipeline in Berth Planner")
    answer.get_by_role("button", name="Hand over").click()
    form = page.get_by_role("dialog", name="Hand over")
    choose(form, "Person", "Cy Moss")
    form.get_by_role("button", name="Hand over").click()
    expect(answer).to_contain_text("hand-over from Bea Lind to Cy Moss, offered")
    act_as(page, "Cy Moss")
    accepts(page)
    act_as(page, "Nia Okonkwo")
    channel(page, "proj-berth")


def address(page: Page, what: str) -> str:
    """An address of the recorded world, as the page's first visit offers it."""
    told = page.request.get(urljoin(page.url, "/playground/api/state?as=U0NIA&at=")).json()
    return str(told["tries"][what])


def links(page: Page, what: str, told: str) -> None:
    """Paste an address; its card says `told`, and is told the stage."""
    url = address(page, what)
    say(page, url)
    card = thread(page, url)
    expect(card).to_contain_text(f"Linked to {PROJECT}, {told}")
    card.get_by_role("button", name=re.compile("stage")).click()
    form = page.get_by_role("dialog", name="Set the stage")
    form.get_by_label("Stage or component").select_option(label="Data pipeline")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    expect(card).to_contain_text("stage Data pipeline. Accountable: Cy Moss")


def sets_routines(page: Page) -> None:
    say(page, "/charter standup")
    form = page.get_by_role("dialog", name="Standup")
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    say(page, "/charter digest daily at 17:00")
    expect(messages(page).last).to_contain_text("17:00 (Europe/London)")


def answers(page: Page, who: str, blocker: str = "") -> None:
    act_as(page, who)
    page.locator("#apps").get_by_text("Charter").click()
    page.get_by_role("tab", name="Messages").click()
    asked = messages(page).filter(has_text=f"Standup of {PROJECT}").last
    expect(asked).to_contain_text("What comes next?")
    asked.get_by_role("button", name="Answer").click()
    form = page.get_by_role("dialog", name="Standup")
    form.get_by_label("What have you done since last time?").fill(f"What {who} did <!channel>")
    form.get_by_label("What are you blocked by?").fill(blocker)
    if blocker:
        form.get_by_label("Marks as blocked").select_option(label="Roll-out")
    form.get_by_role("button", name="Send").click()
    expect(form).to_be_hidden()


def exported(page: Page, folder: Path) -> Path:
    say(page, "/charter export")
    page.locator("#apps").get_by_text("Charter").click()
    page.get_by_role("tab", name="Messages").click()
    file = page.get_by_role("link", name=re.compile("Download.*xlsx")).last
    with page.expect_download(timeout=30_000) as download:
        file.click()
    kept = folder / "charter.xlsx"
    download.value.save_as(kept)
    return kept


def test_a_day_of_a_team(page: Page, playground: str, tmp_path: Path) -> None:
    page.goto(playground)
    act_as(page, "Nia Okonkwo")
    channel(page, PLACE)
    asks_and_hands_over(page)

    # A pull request and a run are pasted: each gets its card, with the stage and its Accountable.
    links(page, "pull_request", "stage Modelling. Accountable: Ivo Petrov")
    pull = page.locator("#thread-messages")
    expect(pull).to_contain_text("Wind features")
    expect(pull).to_contain_text("Changes requested · CI failing: tests")
    links(page, "run", "no stage yet")
    run = page.locator("#thread-messages")
    expect(run).to_contain_text("Running · by Ivo Petrov")
    expect(run).to_contain_text("70.8 % of the gap from 11.5 to 5.0 (↓ lower is better)")

    sets_routines(page)

    # Monday, three in the afternoon in London: everybody was asked at their own 09:30.
    day = monday()
    moved(page, day, "15:00")
    for who in ZONES:
        answers(page, who, "No labels left" if who == "Cy Moss" else "")
    act_as(page, "Nia Okonkwo")
    channel(page, PLACE)
    report = messages(page).filter(has_text=f"Standup of {PROJECT}").last
    expect(report).to_contain_text(re.compile(r"3 of \d+( asked)? have answered"))
    for who in ZONES:
        expect(report).to_contain_text(f"What {who} did <!channel>")
    expect(report).to_contain_text("Cy Moss: No labels left")
    expect(report).to_contain_text(re.compile("Not answered yet: .*Bea Lind"))

    # The cards have kept up: the run is over, and held against the scope.
    card = thread(page, address(page, "run"))
    expect(card).to_contain_text("Finished · by Ivo Petrov")
    expect(card).to_contain_text("the target 5.0 is reached, from 11.5")
    card = thread(page, address(page, "pull_request"))
    expect(card).to_contain_text("Merged · by Ivo Petrov")

    # Five o'clock: the digest tells what changed, and what is blocked since.
    moved(page, day, "17:05")
    digest = messages(page).last
    expect(digest).to_contain_text("No labels left")
    told = messages(page).filter(has_text="Daily digest").filter(has_text="Bea Lind → Cy Moss")
    expect(told).to_have_count(1)

    book = load_workbook(exported(page, tmp_path))
    assert book.sheetnames == SHEETS
    blocked = [[str(cell.value) for cell in row] for row in book["Blockers"].iter_rows()]
    assert any("No labels left" in row for row in blocked)
