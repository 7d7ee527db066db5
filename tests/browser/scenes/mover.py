"""Whoever moves many letters at once."""

from tests.browser.scenes.scene import Step, becoming, pressing
from tests.browser.walk import Walk


def carries_out(walk: Walk) -> None:
    """The button of a preview says how many rows it changes."""
    button = walk.latest().get_by_role("button").filter(has_text="Change ").last
    walk.presses(button.inner_text(), "Change the rows")


MOVER: tuple[Step, ...] = (
    "/charter transfer @Bea Lind to @Hana Mori",
    carries_out,
    pressing("Undo all"),
    "/charter transfer @Tariq Suleiman to @Bea Lind in Berth Planner",
    pressing("Cancel"),
    "/charter transfer vacant to @Tariq Suleiman",
    carries_out,
    "/charter transfer vacant Annotator to @Tariq Suleiman",
    "/charter clone raci from Wake Watch",
    carries_out,
    pressing("Undo all", "Undo the clone"),
    "/charter clone raci from Wake Watch with people",
    becoming("Ivo Petrov", "proj-wake"),
    "/charter split ML Engineer to @Cy Moss",
    "/charter transfer @Hana Mori to @Cy Moss everywhere because she is on leave",
)
