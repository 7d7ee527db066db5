"""Buttons of what is linked."""

from bot.orders import AddLink
from bot.sources.base import Kind
from handlers.buttons.press import OnPress, Opens, Press
from handlers.service.links import Where
from handlers.views import changes, links, modals
from handlers.views.acts import Act
from handlers.views.kit import View


def _link(press: Press) -> None:
    """Link what was pasted to the chosen project; the answer takes the place of the question."""
    desk, said = press.desk, press.text("m") or ""
    order = AddLink(press.text("u") or "", None, press.text("p"))
    press.context["order"] = order
    where = Where(press.origin.channel or "", said, press.text("t"))
    made = desk.charter.links.link(desk.actor, order, desk.place, where)
    press.reply.instead(links.made(made))


def _stage(press: Press) -> View:
    kind, number = _about(press)
    shown = press.desk.charter.links.shown(press.desk.actor, kind, number, press.desk.place)
    return modals.link_stage(shown)


def _unlink(press: Press) -> None:
    kind, number = _about(press)
    done = press.desk.charter.links.unlink(press.desk.actor, kind, number, press.desk.place)
    press.reply.privately(changes.done(done, press.desk.actor.name))


def _about(press: Press) -> tuple[Kind, int]:
    return Kind(press.text("k") or ""), press.number("n") or 0


LINKS: OnPress = {
    Act.LINK_TO: _link,
    Act.LINK_STAGE: Opens(_stage),
    Act.LINK_REMOVE: _unlink,
    Act.LINK_OPEN: lambda press: None,  # the button opens its page by itself
}
