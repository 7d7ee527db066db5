"""Buttons about projects as such, and the pages of their lists."""

from bot.commands import ListProjects, Show
from handlers import home
from handlers.buttons.press import OnPress, Press, look
from handlers.orders import carried_out
from handlers.reply import addressed
from handlers.views import modals
from handlers.views.acts import Act


def _open_new(press: Press) -> None:
    view = modals.new_project(press.text("name") or "", press.desk.place, press.origin.user)
    press.slack.open(press.trigger, addressed(view, press.origin))


def _turn_home(press: Press) -> None:
    desk, page = press.desk, press.number("n") or 1
    home.publish(desk.charter, desk.actor, press.slack, press.origin.user, page)


def _turn_projects(press: Press) -> None:
    press.reply.instead(carried_out(ListProjects(press.number("n") or 1), press.desk))


PROJECTS: OnPress = {
    Act.PROJECT_NEW: _open_new,
    Act.PROJECT_SHOW: lambda press: look(press, Show(press.text("p"))),
    Act.PROJECTS_PAGE: _turn_projects,
    Act.HOME_PAGE: _turn_home,
}
