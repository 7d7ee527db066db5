"""Buttons about projects as such, and the pages of their lists."""

from bot.commands import Archive, ListProjects, OpenNew, Show
from handlers import forms, home
from handlers.buttons.press import OnPress, Opens, Press, look
from handlers.orders import carried_out
from handlers.service.sample import ASK
from handlers.views import welcome
from handlers.views.acts import Act
from handlers.views.home import turned_to
from handlers.views.kit import View


def _new(press: Press) -> View:
    return forms.new_project(OpenNew(press.text("name") or ""), press.desk, press.origin.user)


def _turn_home(press: Press) -> None:
    desk, turned = press.desk, turned_to(press.values)
    home.publish(desk.charter, desk.actor, press.slack, press.origin.user, turned)


def _try_sample(press: Press) -> None:
    done = press.desk.charter.projects.try_sample(press.desk.actor)
    press.reply.privately(welcome.tried(done, ASK))


def _remove_sample(press: Press) -> None:
    order = Archive(press.text("p"))
    press.context["order"] = order
    press.reply.privately(carried_out(order, press.desk))


def _turn_projects(press: Press) -> None:
    press.reply.instead(carried_out(ListProjects(press.number("n") or 1), press.desk))


PROJECTS: OnPress = {
    Act.PROJECT_NEW: Opens(_new),
    Act.PROJECT_SHOW: lambda press: look(press, Show(press.text("p"))),
    Act.PROJECTS_PAGE: _turn_projects,
    Act.HOME_PAGE: _turn_home,
    Act.SAMPLE_TRY: _try_sample,
    Act.SAMPLE_REMOVE: _remove_sample,
    Act.SHEET_IMPORT: lambda press: press.reply.privately(welcome.importing()),
}
