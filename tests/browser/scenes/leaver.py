"""Somebody leaves, and their seats wait for others."""

from tests.browser.scenes.scene import (
    Step,
    becoming,
    home,
    naming,
    on_monday_at,
    pressing,
    reading,
)
from tests.browser.walk import Walk


def leaves(walk: Walk) -> None:
    walk.deactivates("Cy Moss")
    walk.keep("Deactivated", walk.page.locator("body"))


def returns(walk: Walk) -> None:
    walk.deactivates("Cy Moss", "Reactivate")


LEAVER: tuple[Step, ...] = (
    leaves,
    on_monday_at("09:45"),
    reading("Nia Okonkwo", "Who left, and what is vacant"),
    pressing("Assign them"),
    pressing("Assign", "Assign, without a name"),
    naming("Who takes them", "Tariq Suleiman"),
    pressing("Assign", "Assigned"),
    pressing("Undo all"),
    home,
    becoming("Nia Okonkwo"),
    "@Charter who owns the roll-out?",
    "@Charter who left but still holds something?",
    "/charter raci roll-out",
    "/charter gaps",
    reading("Ivo Petrov", "The same, for another lead"),
    becoming("Sun-hee Park"),
    returns,
    reading("Nia Okonkwo", "Who is back"),
    pressing("Give them back"),
    becoming("Nia Okonkwo"),
    "/charter raci roll-out",
)
