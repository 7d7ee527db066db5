"""Buttons under a brief."""

from handlers.buttons.press import OnPress, Press
from handlers.views import brief
from handlers.views.acts import Act


def _why(press: Press) -> None:
    """To whoever presses alone: it says the rules, and nothing of any project."""
    press.reply.privately(brief.explained(press.text("r") or ""))


BRIEFS: OnPress = {
    Act.BRIEF_WHY: _why,
}
