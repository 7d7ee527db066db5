"""What people do on the page, as the tests of it say it."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, expect


def write(page: Page, text: str, to: str = "Message #proj-sizing") -> None:
    box = page.get_by_role("textbox", name=to)
    box.fill(text)
    box.press("Enter")


def ask(page: Page) -> Locator:
    """Asks the bot in the channel and opens the thread with its answer."""
    write(page, "@Charter who owns the data pipeline?")
    page.get_by_role("button", name="1 reply").click()
    return page.get_by_role("complementary", name="Thread")


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Hand over", exact=True)


# In the real playground, with the sample team


def act_as(page: Page, name: str) -> None:
    page.get_by_label("Act as").select_option(label=name)


def say(page: Page, text: str, within: str = "#composer") -> None:
    box = page.locator(within).get_by_role("textbox")
    box.fill(text)
    box.press("Escape")
    box.press("Enter")


def channel(page: Page, name: str) -> None:
    page.locator("#channels").get_by_text(name).click()
    expect(page.locator("#place")).to_contain_text(name)


def choose(form: Locator, label: str, option: str) -> None:
    """Pick an option in a select that is searched by typing."""
    box = form.get_by_role("combobox", name=label)
    box.fill(option)
    form.get_by_role("option", name=option).first.click()


def accepts(page: Page) -> None:
    """Whoever acts accepts the hand-over that Charter offers them."""
    page.locator("#apps").get_by_text("Charter").click()
    page.get_by_role("tab", name="Messages").click()
    asked = page.locator("#messages").get_by_role("button", name="Accept").last
    asked.click()
    expect(page.locator("#messages")).to_contain_text("accepted the hand-over")


def monday() -> str:
    """The next Monday that is not tomorrow already, anywhere."""
    day = datetime.now(UTC).date() + timedelta(days=2)
    return (day + timedelta(days=-day.weekday() % 7)).isoformat()


def moved(page: Page, day: str, hour: str) -> None:
    """Let the clock run ahead to a moment of the acting person's."""
    page.get_by_role("button", name=re.compile("^Clock")).click()
    panel = page.get_by_role("dialog", name="Clock")
    panel.get_by_role("textbox", name="Day").fill(day)
    panel.get_by_role("textbox", name="Hour").fill(hour)
    panel.get_by_role("button", name="Go there").click()
    expect(panel.get_by_role("heading", name="What came")).to_be_visible(timeout=90_000)
    page.keyboard.press("Escape")
