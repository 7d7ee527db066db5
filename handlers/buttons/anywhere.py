"""Buttons that stand under anything: undo, cancel, and a command that is run."""

from dataclasses import replace

from bot.commands import Export, ExportPerson, parse
from handlers import destinations, forms
from handlers.buttons.press import OnPress, Press, deliver, instead, look
from handlers.commands import today
from handlers.people import acquaint
from handlers.views import changes
from handlers.views.acts import Act


def _run(press: Press) -> None:
    text = press.text("c") or ""
    day = today(press.desk.actor, press.now)
    order = parse(text, day)
    if isinstance(order, Export | ExportPerson):
        deliver(press, order)
        return
    if type(order) in forms.ORDERED:
        asked = forms.Asked(press.origin.user, day)
        forms.show(order, press.desk, asked, press.slack, press.origin, press.context)
        return
    acquaint(text, press.desk.charter, press.slack, press.desk.actor.workspace)
    press.context["order"] = order
    there = destinations.meant(order, press.desk, press.slack, press.context["installation"])
    look(replace(press, desk=there[1]), there[0])


def _undo(press: Press) -> None:
    done = press.desk.charter.projects.undo(press.desk.actor, press.number("s") or 0)
    instead(press, changes.done(done, press.desk.actor.name), done.project.key)


ANYWHERE: OnPress = {
    Act.COMMAND_RUN: _run,
    Act.UNDO: _undo,
    Act.DISMISS: lambda press: press.reply.dismiss(),
}
