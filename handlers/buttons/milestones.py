"""Buttons about milestones: each opens a form."""

from collections.abc import Callable

from bot.deciding import refuse_archived
from bot.milestones import Milestone
from bot.outcome import Shown
from handlers.buttons.press import OnPress, Opens, Press, meant
from handlers.views import modals
from handlers.views.acts import Act
from handlers.views.kit import View


def _new(press: Press) -> View:
    shown = meant(press)
    refuse_archived(shown.project)
    return modals.new_milestone(shown)


def _of_one(make: Callable[[Shown, Milestone], View]) -> Opens:
    def made(press: Press) -> View:
        desk, title = press.desk, press.text("m") or ""
        shown, one = desk.charter.milestones.one(desk.actor, title, press.text("p"), desk.place)
        refuse_archived(shown.project)
        return make(shown, one)

    return Opens(made)


MILESTONES: OnPress = {
    Act.MILESTONE_ADD: Opens(_new),
    Act.MILESTONE_MOVE: _of_one(modals.move_milestone),
    Act.MILESTONE_MEET: _of_one(modals.meet_milestone),
}
