"""What people do on the page, as the tests of it say it."""

from playwright.sync_api import Locator, Page


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
