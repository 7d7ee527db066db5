"""Buttons about people who left, and are back."""

from bot.orders import ErasePerson, GiveBack
from handlers.buttons.press import OnPress, Opens, Press
from handlers.orders import carried_out
from handlers.views import modals, people
from handlers.views.acts import Act
from handlers.views.kit import View


def _seats(press: Press) -> View:
    circle = press.desk.charter.leaving.vacant(press.desk.actor, press.text("w") or "")
    return modals.fill_seats(circle)


def _names(press: Press) -> View:
    desk = press.desk
    shown = desk.charter.identities.form(desk.actor, f"key:{press.text('w') or ''}")
    return modals.person_names(shown)


def _give_back(press: Press) -> None:
    order = GiveBack(press.text("w") or "")
    press.context["order"] = order
    press.reply.instead(carried_out(order, press.desk))


def _undo(press: Press) -> None:
    desk = press.desk
    done = desk.charter.identities.undo(desk.actor, press.number("s") or 0)
    press.reply.instead(people.changed(done, desk.actor.name))


def _erase(press: Press) -> None:
    order = ErasePerson(f"key:{press.text('w') or ''}", press.text("r") or "")
    press.context["order"] = order
    press.reply.instead(carried_out(order, press.desk))


PEOPLE: OnPress = {
    Act.PERSON_NAMES: Opens(_names),
    Act.PERSON_ERASE: _erase,
    Act.PERSON_UNDO: _undo,
    Act.LEFT_OPEN: Opens(_seats),
    Act.LEFT_RETURN: _give_back,
}
