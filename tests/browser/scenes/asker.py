"""Somebody who asks in free words."""

from tests.browser.scenes.scene import Step
from tests.browser.walk import Walk


def following(*texts: str) -> Step:
    """What is asked in the thread of the question before."""

    def followed(walk: Walk) -> None:
        for text in texts:
            walk.follows(text)

    return followed


def carrying_out(walk: Walk) -> None:
    """The button of an order has its command on it."""
    offered = walk.latest().locator("button", has_text="/charter").last
    walk.presses(offered.inner_text(), "The order, pressed")


ASKER: tuple[Step, ...] = (
    "@Charter who owns the data pipeline?",
    following("@Charter and annotation?", "@Charter since when?", "@Charter who else?"),
    "@Charter how is the project doing?",
    "@Charter status of data quality?",
    "@Charter is modelling done?",
    "@Charter what is blocking the tide feed?",
    "@Charter what is blocking Berth Planner?",
    "@Charter who is blocked today?",
    "@Charter what is overdue?",
    "@Charter when is the roll-out due, and who owns it?",
    "@Charter what is in scope?",
    "@Charter is freight in scope?",
    "@Charter what is the goal of Berth Planner?",
    "@Charter are we hitting our targets?",
    "@Charter what is the target of the arrival error?",
    "@Charter which PRs are waiting for review?",
    "@Charter is PR 121 approved?",
    "@Charter what is our best run?",
    "@Charter what did gbm-wind get?",
    "@Charter who has not posted their standup?",
    "@Charter what did Bea say in her standup?",
    "@Charter which stages have no owner?",
    "@Charter who left but still holds something?",
    "@Charter what changed since Monday?",
    "@Charter who owned the success metrics in October?",
    "@Charter who changed the due date of data quality last?",
    "@Charter who is acting for Greta?",
    "@Charter what does Ivo own?",
    "@Charter what do I own?",
    "@Charter is Cy the owner of the roll-out?",
    "@Charter who owns the pipeline in wake and who signs off the metrics? what is overdue?",
    "@Charter make Cy Moss the owner of modelling",
    carrying_out,
    "@Charter mark roll-out as done",
    "@Charter what's for lunch?",
    "@Charter who owns the billing service?",
    "@Charter help",
)
