"""Somebody who holds letters and changes them."""

from tests.browser.scenes.scene import PLACE, Step, closing, pressing
from tests.browser.steps import choose
from tests.browser.walk import Walk


def offers(walk: Walk) -> None:
    """A hand-over, as the one who gets it sees it."""
    walk.says("/charter raci data pipeline A @Cy Moss hand over")
    walk.begin("Cy Moss")
    walk.home()
    walk.inbox()
    walk.keep("A hand-over is offered")
    walk.presses("Decline")
    walk.begin("Bea Lind", PLACE)


def moves_beside_another(walk: Walk) -> None:
    """Theirs and yours: Bea has the form open while Ivo moves the same stage."""
    walk.says("/charter raci data pipeline")
    walk.presses("Move")
    form = walk.page.get_by_role("dialog")
    other = walk.beside("Ivo Petrov", PLACE)
    other.says("/charter stage data pipeline at risk: the export is late")
    other.page.close()
    form.get_by_label("Status").select_option(label="On hold")
    walk.presses("Save", "Save, after somebody else")
    walk.closes()


def assigns(walk: Walk) -> None:
    walk.says("/charter gaps")
    walk.presses("Assign")
    form = walk.page.get_by_role("dialog")
    choose(form, "Person", "Tariq Suleiman")
    walk.keep("Assign, filled")
    walk.closes()


EDITOR: tuple[Step, ...] = (
    "@Charter who owns the data pipeline?",
    "/charter raci",
    "/charter raci data pipeline",
    "/charter raci annotation C @Cy Moss",
    assigns,
    moves_beside_another,
    offers,
    "/charter stage roll-out done",
    "/charter gate roll-out",
    "/charter block roll-out: no window at the port owner @Cy Moss",
    "/charter block roll-out: no window at the port owner @Cy Moss",
    "/charter unblock roll-out because the port gave one",
    "/charter due roll-out 2027-01-15",
    "/charter decision for data pipeline: we keep raw events for a year",
    "/charter decisions",
    '/charter milestone "Pilot live" 2027-02-01',
    '/charter milestone "Pilot live" moved to 2027-02-15 because the contract is late',
    '/charter milestone "Pilot live"',
    "/charter milestones",
    "/charter question roll-out: which berth comes first?",
    "/charter delegate @Cy Moss until 2027-01-31 because I am away",
    "/charter delegate",
    closing,
    "/charter delegate show",
    "/charter history data pipeline",
    "/charter history scope",
    "/charter quiet",
    "/charter quiet 19:00-9:00 Mon-Thu",
    "/charter why",
    "/charter load",
    "/charter idle",
    "/charter role",
    "/charter role data engineer",
    "@Charter what does a machine learning engineer do here?",
    "/charter lint",
    pressing("Set one aside …"),
    closing,
    "/charter ladder",
    "/charter person @Cy Moss",
    "/charter help",
    "/charter help raci",
    "/charter rcai",
    "/charter stage nowhere done",
    "/charter raci data pipeline A @Nobody Atall",
)
