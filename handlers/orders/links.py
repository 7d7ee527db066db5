"""What belongs to a project elsewhere, linked and moved."""

from bot.commands import (
    CompareRuns,
    ShowBest,
    ShowBurnUp,
    ShowCodeowners,
    ShowFollowed,
    ShowReviews,
)
from bot.orders import AddLink, Follow, MoveLink, SetFilter, Unfollow
from handlers.orders.desk import Carriers, Desk, write
from handlers.views import codeowners, following, links, measuring, reviewers
from handlers.views.kit import Message


def _add_link(order: AddLink, desk: Desk) -> Message:
    return links.made(desk.charter.links.link(desk.actor, order, desk.place))


def _follow(order: Follow, desk: Desk) -> Message:
    return following.set_up(desk.charter.follows.follow(desk.actor, order, desk.place))


def _followed(order: ShowFollowed, desk: Desk) -> Message:
    return following.listed(desk.charter.follows.followed(desk.actor, order.project, desk.place))


def _burn_up(order: ShowBurnUp, desk: Desk) -> Message:
    measures = desk.charter.measures
    return measuring.burn_ups(measures.burn_up(desk.actor, order.project, desk.place))


def _best(order: ShowBest, desk: Desk) -> Message:
    return measuring.best(desk.charter.measures.best(desk.actor, order, desk.place))


def _compare(order: CompareRuns, desk: Desk) -> Message:
    return measuring.compared(desk.charter.measures.compare(desk.actor, order, desk.place))


def _reviews(order: ShowReviews, desk: Desk) -> Message:
    return reviewers.listed(desk.charter.review_lists.shown(desk.actor, order, desk.place))


def _codeowners(order: ShowCodeowners, desk: Desk) -> Message:
    return codeowners.shown(desk.charter.codeowners.shown(desk.actor, order, desk.place))


LINKS: Carriers = {
    AddLink: _add_link,
    Follow: _follow,
    Unfollow: write(lambda charter, *asked: charter.follows.unfollow(*asked)),
    SetFilter: write(lambda charter, *asked: charter.follows.set_filter(*asked)),
    ShowFollowed: _followed,
    ShowReviews: _reviews,
    ShowCodeowners: _codeowners,
    ShowBurnUp: _burn_up,
    ShowBest: _best,
    CompareRuns: _compare,
    MoveLink: write(lambda charter, *asked: charter.links.move(*asked)),
}
