"""The team: gaps, load and roles shown, and many letters written at once."""

from bot.commands import (
    ListRoles,
    ShowGaps,
    ShowIdle,
    ShowLint,
    ShowLoad,
    ShowRole,
)
from bot.orders import (
    AddRole,
    CloneRaci,
    EditRole,
    EndStartUp,
    EndWaiver,
    GiveJob,
    RemoveRole,
    RenameRole,
    Split,
    StartUp,
    Transfer,
    Waive,
)
from bot.team import CatalogueDone, Previewed
from handlers.orders.desk import Carriers, Desk, write
from handlers.views import lint, plans, roles, team
from handlers.views.kit import Message

CatalogueOrder = AddRole | RenameRole | EditRole | RemoveRole | GiveJob


def _gaps(order: ShowGaps, desk: Desk) -> Message:
    charter, actor = desk.charter, desk.actor
    return team.gaps(charter.team.gaps(actor, order.project, desk.place, whole=order.whole))


def _idle(order: ShowIdle, desk: Desk) -> Message:
    return team.idle(desk.charter.team.idle(desk.actor, desk.place))


def _load(order: ShowLoad, desk: Desk) -> Message:
    return team.load(desk.charter.team.load(desk.actor, order.person, desk.place))


def _lint(order: ShowLint, desk: Desk) -> Message:
    charter, actor = desk.charter, desk.actor
    return lint.lint(charter.linter.found(actor, order.project, desk.place, whole=order.whole))


def _roles(order: ListRoles, desk: Desk) -> Message:
    return roles.catalogue(desk.charter.roles.listed(desk.actor))


def _role(order: ShowRole, desk: Desk) -> Message:
    return roles.role(desk.charter.roles.shown(desk.actor, order.role, desk.place))


def _catalogue(order: CatalogueOrder, desk: Desk) -> Message:
    return roles.done(_said(order, desk), desk.actor.name)


def _said(order: CatalogueOrder, desk: Desk) -> CatalogueDone:
    service, actor = desk.charter.roles, desk.actor
    match order:
        case AddRole():
            return service.add(actor, order)
        case RenameRole():
            return service.rename(actor, order)
        case EditRole():
            return service.edit(actor, order)
        case RemoveRole():
            return service.remove(actor, order)
        case GiveJob():
            return service.give(actor, order)


def _plan(order: Transfer | CloneRaci, desk: Desk) -> Message:
    """A preview, or what was carried out where the order bears the mark of one."""
    service, actor = desk.charter.transfers, desk.actor
    outcome = (
        service.transfer(actor, order, desk.place)
        if isinstance(order, Transfer)
        else service.clone(actor, order, desk.place)
    )
    if isinstance(outcome, Previewed):
        return plans.previewed(outcome, order)
    return plans.moved(outcome, actor.name)


def _start(order: StartUp, desk: Desk) -> Message:
    return plans.started(
        desk.charter.transfers.start_up(desk.actor, order, desk.place), desk.actor.name
    )


def _end(order: EndStartUp, desk: Desk) -> Message:
    return plans.started(
        desk.charter.transfers.end_start_up(desk.actor, order, desk.place), desk.actor.name
    )


def _split(order: Split, desk: Desk) -> Message:
    return plans.moved(desk.charter.transfers.split(desk.actor, order, desk.place), desk.actor.name)


TEAM: Carriers = {
    ShowGaps: _gaps,
    ShowIdle: _idle,
    ShowLoad: _load,
    ListRoles: _roles,
    ShowRole: _role,
    AddRole: _catalogue,
    RenameRole: _catalogue,
    EditRole: _catalogue,
    RemoveRole: _catalogue,
    GiveJob: _catalogue,
    ShowLint: _lint,
    Waive: write(lambda charter, *asked: charter.linter.waive(*asked)),
    EndWaiver: write(lambda charter, *asked: charter.linter.end(*asked)),
    Transfer: _plan,
    CloneRaci: _plan,
    StartUp: _start,
    EndStartUp: _end,
    Split: _split,
}
