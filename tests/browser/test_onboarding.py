"""The first five minutes of somebody who was just invited, with the real program and browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import program
from tests.browser.steps import act_as, say

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAMPLE = "Sample: Parcel Planner"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[str]:
    """A workspace in which Charter was just installed."""
    with program.playground(tmp_path, "playground", "--empty") as address:
        yield address


class Clicks:
    """Counts what a newcomer does, whichever way: a click each."""

    def __init__(self) -> None:
        self.number = 0

    def on(self, what: Locator) -> None:
        self.number += 1
        what.click()


def test_o1_from_invite_to_the_first_true_answer_in_at_most_six_clicks(
    page: Page, fresh: str
) -> None:
    page.goto(fresh)
    act_as(page, "Tariq Suleiman")
    clicks, told = Clicks(), page.locator("#messages > li")
    clicks.on(page.locator("#channels").get_by_text("general"))
    say(page, "/charter")
    clicks.number += 1  # Enter
    expect(told.last).to_contain_text("Three ways to begin")
    clicks.on(told.last.get_by_role("button", name="Try a sample project"))
    expect(told.last).to_contain_text(f"{SAMPLE} stands")
    clicks.on(told.last.get_by_role("button", name="Ask: who owns the data pipeline?"))
    expect(told.last).to_contain_text("Tariq Suleiman is accountable for Data pipeline")
    assert clicks.number <= 6

    tried = told.filter(has_text=f"{SAMPLE} stands")
    tried.get_by_role("button", name=f"Remove {SAMPLE}").click()
    expect(page.locator("#messages")).to_contain_text("its name is free again")
    say(page, "/charter")
    expect(told.last).to_contain_text("Three ways to begin")
