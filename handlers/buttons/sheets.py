"""Buttons that bring a file."""

from bot.commands import Export
from handlers.buttons.press import OnPress, Press, deliver
from handlers.views.acts import Act


def _export(press: Press) -> None:
    project = press.text("p")
    deliver(press, Export(project, whole=project is None))


SHEETS: OnPress = {
    Act.EXPORT: _export,
}
