"""Buttons under a brief."""

from handlers.buttons.press import OnPress, Press
from handlers.views import brief
from handlers.views.acts import Act


def _why(press: Press) -> None:
    """To whoever presses alone: it says the rules, and nothing of any project."""
    press.reply.privately(brief.explained(press.text("r") or ""))


def _undo(press: Press) -> None:
    desk = press.desk
    done = desk.charter.brief_plans.undo(desk.actor, press.number("s") or 0, desk.place)
    press.reply.instead(brief.planned(done))


BRIEFS: OnPress = {
    Act.BRIEF_UNDO: _undo,
    Act.BRIEF_WHY: _why,
}
