"""Buttons about what a project is for."""

from bot.commands import ShowScope
from handlers.buttons.press import OnPress, look
from handlers.views.acts import Act

SCOPE: OnPress = {
    Act.SCOPE_SHOW: lambda press: look(press, ShowScope(project=press.text("p"))),
}
