"""The clock on the page: it tells the time, moves it on, and shows what came."""

import re
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from playwright.sync_api import Locator, Page, expect

from handlers.playground.clock import MovableClock
from handlers.playground.double import PATIENCE
from tests.browser import demo

pytestmark = pytest.mark.browser


def opened(page: Page) -> Locator:
    page.get_by_role("button", name=re.compile("^Clock")).click()
    return page.get_by_role("dialog", name="Clock")


def test_moving_to_the_morning_shows_who_was_asked(priya: Page, clock: MovableClock) -> None:
    priya.get_by_role("button", name="general").click()
    panel = opened(priya)
    expect(panel.get_by_role("button", name="+1 hour")).to_be_focused()
    morning = (clock() + timedelta(days=1)).replace(hour=9, minute=0)
    panel.get_by_role("button", name="Tomorrow 9:00").click()
    expect(panel.get_by_role("heading", name="What came")).to_be_visible()
    assert clock().isoformat(timespec="minutes") == morning.isoformat(timespec="minutes")
    expect(panel.get_by_text(re.compile(r"\b09:00$")).first).to_be_visible()
    arrivals = panel.get_by_role("listitem")
    expect(arrivals).to_have_text(["proj-sizingnew messages", "Sara Lindqvistheard from Charter"])
    expect(priya.get_by_role("button", name="proj-sizing, unread")).to_be_visible()
    expect(priya.get_by_role("button", name=re.compile("Sara.*has news"))).to_be_visible()
    arrivals.nth(1).get_by_role("button").click()
    expect(priya.get_by_label("Act as")).to_have_value("U0SARA")
    asked = priya.get_by_role("listitem", name="Charter")
    expect(asked).to_contain_text("What have you done?")
    expect(asked.locator("time")).to_have_text("17:00")  # in Tokyo


def test_it_says_at_once_that_it_is_on_its_way_and_how_far(
    priya: Page, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the first thing that is due takes long."""
    goes_on = Event()
    settle = demo.Mornings.settle

    def slowly(mornings: demo.Mornings) -> None:
        assert goes_on.wait(PATIENCE)
        settle(mornings)

    monkeypatch.setattr(demo.Mornings, "settle", slowly)
    panel = opened(priya)
    panel.get_by_role("button", name="Tomorrow 9:00").click()
    expect(panel.get_by_role("heading")).to_have_text(re.compile(r"^On the way to .*, 09:00, at "))
    expect(panel.get_by_role("progressbar")).to_be_visible()
    goes_on.set()
    expect(panel.get_by_role("heading")).to_have_text(re.compile(r"^What came by .*, 09:00$"))
    expect(panel.get_by_role("progressbar")).to_have_count(0)


def test_any_moment_can_be_picked_but_none_that_is_past(priya: Page, clock: MovableClock) -> None:
    panel = opened(priya)
    before = clock()
    panel.get_by_role("textbox", name="Day").fill((before - timedelta(days=1)).date().isoformat())
    panel.get_by_role("button", name="Go there").click()
    expect(panel.get_by_role("alert")).to_have_text("The clock goes forward only.")
    assert clock() - before < timedelta(minutes=5)
    later = (before + timedelta(days=3)).date()
    panel.get_by_role("textbox", name="Day").fill(later.isoformat())
    panel.get_by_role("textbox", name="Hour").fill("14:45")
    panel.get_by_role("button", name="Go there").click()
    expect(panel.get_by_role("alert")).to_be_hidden()
    expect(panel.get_by_role("heading", name="What came")).to_be_visible()
    start = datetime(later.year, later.month, later.day, 14, 45, tzinfo=UTC)
    assert start <= clock() < start + timedelta(minutes=5)
    priya.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(priya.get_by_role("button", name=re.compile("^Clock"))).to_be_focused()
