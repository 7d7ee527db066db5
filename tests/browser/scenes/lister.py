"""Lists that are too long for one message."""

from tests.browser.scenes.scene import Step, pressing, quietly

LISTER: tuple[Step, ...] = (
    quietly(*(f"/charter risk add Risk number {number}" for number in range(1, 24))),
    "/charter risks",
    pressing("Next"),
    pressing("Previous"),
    quietly(*(f"/charter decision Decision number {number}" for number in range(1, 28))),
    "/charter decisions",
    quietly(*(f"/charter scope notes: draft {number}" for number in range(1, 23))),
    "/charter history scope",
    quietly(*(f"/charter new Project {number} template=generic" for number in range(1, 24))),
    "/charter list",
    "/charter portfolio",
    pressing("Next", "Next of the portfolio"),
    "/charter gaps all",
    "/charter list 9",
)
