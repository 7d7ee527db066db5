"""Briefs shown, and let come by themselves."""

from bot.commands import ShowBrief, ShowBriefPlan
from bot.orders import EndBrief, SetBrief
from handlers.orders.desk import Carriers, Desk
from handlers.views import brief
from handlers.views.kit import Message


def _brief(order: ShowBrief, desk: Desk) -> Message:
    return brief.brief(desk.charter.briefs.shown(desk.actor, order, desk.place))


def _set(order: SetBrief, desk: Desk) -> Message:
    return brief.planned(desk.charter.brief_plans.set(desk.actor, order, desk.place))


def _end(order: EndBrief, desk: Desk) -> Message:
    return brief.planned(desk.charter.brief_plans.end(desk.actor, order, desk.place))


def _plan(order: ShowBriefPlan, desk: Desk) -> Message:
    return brief.planned(desk.charter.brief_plans.shown(desk.actor, desk.place, own=order.own))


BRIEFS: Carriers = {
    ShowBrief: _brief,
    ShowBriefPlan: _plan,
    SetBrief: _set,
    EndBrief: _end,
}
