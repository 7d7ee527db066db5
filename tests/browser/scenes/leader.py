"""Whoever has three minutes for all projects."""

from playwright.sync_api import expect

from tests.browser.scenes.scene import Step, home, on_monday_at, pressing, quietly
from tests.browser.walk import Walk


def briefed(walk: Walk) -> None:
    """By the button of Home: it comes as a direct message."""
    walk.page.locator("#home").get_by_role("button", name="Get a brief of all projects").click()
    walk.inbox()
    expect(walk.latest()).to_contain_text("Brief:")
    walk.keep("The brief, from Home")


LEADER: tuple[Step, ...] = (
    quietly(
        "/charter block roll-out: no window at the port owner @Cy Moss",
        "/charter due roll-out 2027-03-15",
        "/charter stage annotation done",
    ),
    "/charter brief",
    pressing("Why these lines?"),
    on_monday_at("09:45"),
    "/charter brief portfolio",
    "/charter show",
    "/charter brief Berth Planner, Wake Watch",
    "/charter brief Nonsense",
    home,
    briefed,
)
