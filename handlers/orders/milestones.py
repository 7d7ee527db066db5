"""Milestones set, moved, met, removed and shown."""

from bot.commands import ShowMilestone, ShowMilestones
from bot.orders import MeetMilestone, MoveMilestone, RemoveMilestone, SetMilestone
from handlers.orders.desk import Carriers, Desk, write
from handlers.views import milestones
from handlers.views.kit import Message


def _listed(order: ShowMilestones, desk: Desk) -> Message:
    return milestones.listed(desk.charter.projects.shown(desk.actor, order.project, desk.place))


def _one(order: ShowMilestone, desk: Desk) -> Message:
    found = desk.charter.milestones.one(desk.actor, order.name, order.project, desk.place)
    return milestones.ledger(*found)


MILESTONES: Carriers = {
    ShowMilestones: _listed,
    ShowMilestone: _one,
    SetMilestone: write(lambda charter, *asked: charter.milestones.set(*asked)),
    MoveMilestone: write(lambda charter, *asked: charter.milestones.move(*asked)),
    MeetMilestone: write(lambda charter, *asked: charter.milestones.meet(*asked)),
    RemoveMilestone: write(lambda charter, *asked: charter.milestones.remove(*asked)),
}
