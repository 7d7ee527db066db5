"""Projects carried out: begun, looked at, named, bound, put away."""

from bot.commands import Archive, Bind, ListProjects, Show, Unbind
from bot.orders import NewProject, SetAlias
from handlers.orders.desk import Carriers, Desk, write
from handlers.views import projects
from handlers.views.kit import Message


def _list(order: ListProjects, desk: Desk) -> Message:
    return projects.listed(desk.charter.projects.listed(desk.actor, order.page, desk.place))


def _show(order: Show, desk: Desk) -> Message:
    return projects.shown(desk.charter.projects.glance(desk.actor, order.project, desk.place))


PROJECTS: Carriers = {
    NewProject: write(lambda charter, *asked: charter.projects.create(*asked)),
    ListProjects: _list,
    Show: _show,
    SetAlias: write(lambda charter, *asked: charter.projects.alias(*asked)),
    Bind: write(
        lambda charter, actor, order, place: charter.projects.bind(actor, order.project, place)
    ),
    Unbind: write(
        lambda charter, actor, order, place: charter.projects.unbind(actor, place, order.project)
    ),
    Archive: write(
        lambda charter, actor, order, place: charter.projects.archive(
            actor, order.project, place, order.archived
        )
    ),
}
