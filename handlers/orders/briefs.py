"""Briefs shown; briefs and files that come by themselves."""

from bot.commands import ShowBrief, ShowBriefPlan, ShowExports
from bot.orders import EndBrief, EndExport, SetBrief, SetExport
from handlers.orders.desk import Carriers, Desk
from handlers.views import brief, exports
from handlers.views.kit import Message


def _brief(order: ShowBrief, desk: Desk) -> Message:
    return brief.brief(desk.charter.briefs.shown(desk.actor, order, desk.place))


def _set(order: SetBrief, desk: Desk) -> Message:
    return brief.planned(desk.charter.brief_plans.set(desk.actor, order, desk.place))


def _end(order: EndBrief, desk: Desk) -> Message:
    return brief.planned(desk.charter.brief_plans.end(desk.actor, order, desk.place))


def _plan(order: ShowBriefPlan, desk: Desk) -> Message:
    return brief.planned(desk.charter.brief_plans.shown(desk.actor, desk.place, own=order.own))


def _set_export(order: SetExport, desk: Desk) -> Message:
    return exports.planned(desk.charter.export_plans.set(desk.actor, order, desk.place))


def _end_export(order: EndExport, desk: Desk) -> Message:
    return exports.planned(desk.charter.export_plans.end(desk.actor, order, desk.place))


def _exports(order: ShowExports, desk: Desk) -> Message:
    return exports.plans(desk.charter.export_plans.listed(desk.actor, desk.place))


BRIEFS: Carriers = {
    ShowBrief: _brief,
    ShowBriefPlan: _plan,
    SetBrief: _set,
    EndBrief: _end,
    ShowExports: _exports,
    SetExport: _set_export,
    EndExport: _end_export,
}
