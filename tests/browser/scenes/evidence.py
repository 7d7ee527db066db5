"""What pull requests and runs tell, to four people on a Monday."""

from tests.browser.scenes.scene import Step, becoming, home, inbox, on_monday_at, pressing
from tests.browser.walk import Walk


def looking_back(walk: Walk) -> None:
    """All that came to the channel by itself."""
    walk.keep("What came to the channel", walk.page.locator("#messages"))


EVIDENCE: tuple[Step, ...] = (
    "/charter burn-up",
    "/charter follow",
    on_monday_at("11:30"),
    looking_back,
    "/charter burn-up",
    "/charter best",
    "/charter compare mlf-b24 mlf-b27",
    "/charter reviews",
    "@Charter which PRs are waiting for review?",
    "/charter drift",
    becoming("Bea Lind"),
    inbox,
    becoming("Bea Lind"),
    "/charter reviews me",
    becoming("Léo Fontaine"),
    inbox,
    pressing("Offer me the letter"),
    becoming("Maya Rosen"),
    "/charter burn-up",
    "@Charter what is our best run?",
    home,
)
