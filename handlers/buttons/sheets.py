"""Buttons that bring a file, and those of files that come by themselves."""

from bot.commands import Export
from handlers import forms
from handlers.buttons.press import OnPress, Opens, Press, deliver
from handlers.views import exports
from handlers.views.acts import Act


def _export(press: Press) -> None:
    project = press.text("p")
    deliver(press, Export(project, whole=project is None))


def _stop(press: Press) -> None:
    desk = press.desk
    done = desk.charter.export_plans.stop(desk.actor, press.number("n") or 0, desk.place)
    press.reply.privately(exports.planned(done))


def _undo(press: Press) -> None:
    desk = press.desk
    done = desk.charter.export_plans.undo(desk.actor, press.number("s") or 0, desk.place)
    press.reply.instead(exports.planned(done))


SHEETS: OnPress = {
    Act.EXPORT: _export,
    Act.EXPORT_PLAN: Opens(lambda press: forms.export_plan(press.number("n"), press.desk)),
    Act.EXPORT_STOP: _stop,
    Act.EXPORT_UNDO: _undo,
}
