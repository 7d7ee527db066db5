"""The scenes of the walk: who goes where, and what they try there.

A step is what somebody writes (a question where it begins with "@"), or something they do.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.steps import choose
from tests.browser.walk import Walk

Step = str | Callable[[Walk], object]
PLACE = "proj-berth"


@dataclass(frozen=True)
class Scene:
    """Somebody's way, step by step."""

    who: str
    steps: tuple[Step, ...]

    def play(self, walk: Walk) -> None:
        walk.begin(self.who)
        walk.home()
        walk.go(PLACE)
        for step in self.steps:
            if callable(step):
                step(walk)
            elif step.startswith("@"):
                walk.asks(step)
            else:
                walk.says(step)


def pressing(button: str) -> Step:
    return lambda walk: walk.presses(button)


def closing(walk: Walk) -> None:
    walk.closes()


def wrong_scope(walk: Walk) -> None:
    """A target without a baseline: said under its field, and nothing typed is lost."""
    form = walk.page.get_by_role("dialog")
    form.get_by_label("Goal").fill("Half the waiting time at the quay")
    form.get_by_label("Name of the metric").fill("Waiting time at the quay")
    form.get_by_label("Baseline").fill("")
    form.get_by_label("Target").fill("12")
    walk.presses("Save", "Save, without a baseline")
    expect(form.get_by_label("Goal")).to_have_value("Half the waiting time at the quay")
    walk.closes()


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


OUTSIDER: tuple[Step, ...] = (
    "/charter",
    "/charter list",
    "/charter portfolio",
    "/charter show Lighthouse",
    "@Charter who owns Lighthouse?",
    "/charter gaps all",
    "/charter break-glass Lighthouse because I am curious",
    "/charter settings load limit 3",
    "/charter access @Bea Lind viewer",
    "/charter health green because I say so",
)
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
ACCOUNTABLE: tuple[Step, ...] = (
    "/charter show",
    "/charter scope",
    pressing("Edit scope"),
    wrong_scope,
    "/charter scope approve",
    "/charter scope diff v1 v2",
    "/charter metric",
    "/charter verdict",
    "/charter verdict go because it pays within a year",
    "/charter portfolio",
    "/charter health",
    "/charter health green because the pilot was signed off",
    "/charter health auto",
    "/charter done",
    "/charter new",
    closing,
    "/charter gate framing",
    pressing("Tick: approved by whoever is accountable"),
    closing,
    "/charter gate framing ask",
    "/charter transfer @Bea Lind to @Cy Moss",
    "/charter clone raci from Wake Watch",
    "/charter startup @Maya Rosen",
    "/charter access",
    "/charter confirm",
    "/charter review every 30 days",
    "/charter standup",
    closing,
    "/charter digest preview",
)
ADMIN: tuple[Step, ...] = (
    "/charter settings",
    "/charter settings load limit 7",
    "/charter settings load limit many",
    "/charter lint all",
    "/charter gaps all",
    "/charter person link @Cy Moss github=cy-two",
    "/charter show Lighthouse",
    "/charter transfer @Dev Rao to @Bea Lind everywhere because he left",
    "/charter ladder add Privacy review after evaluation",
)

ASKER: tuple[Step, ...] = (
    "@Charter who owns the data pipeline?",
    "@Charter how is the project doing?",
    "@Charter what is blocking the tide feed?",
    "@Charter what is overdue?",
    "@Charter when is the roll-out due, and who owns it?",
    "@Charter are we hitting our targets?",
    "@Charter which PRs are waiting for review?",
    "@Charter what is our best run?",
    "@Charter which stages have no owner?",
    "@Charter who owned the success metrics in October?",
    "@Charter make Cy Moss the owner of modelling",
    "@Charter what's for lunch?",
)

SCENES: dict[str, Scene] = {
    "outsider": Scene("Cy Moss", OUTSIDER),
    "editor": Scene("Bea Lind", EDITOR),
    "accountable": Scene("Nia Okonkwo", ACCOUNTABLE),
    "admin": Scene("Sun-hee Park", ADMIN),
    "asker": Scene("Bea Lind", ASKER),
}
