"""Standups and digests: set, shown, answered and ended."""

from bot.commands import (
    PreviewDigest,
    PreviewOwnDigest,
    ShowDigest,
    ShowOwnDigest,
    ShowStandup,
    ShowStandups,
)
from bot.orders import (
    AdjustStandup,
    AnswerStandups,
    EndDigest,
    EndOwnDigest,
    EndStandup,
    SetDigest,
    SetOwnDigest,
    SetStandup,
)
from handlers.orders.desk import Carriers, Desk, write
from handlers.views import digests, standups
from handlers.views.kit import Message


def _standup(order: ShowStandup, desk: Desk) -> Message:
    return standups.shown(desk.charter.standups.shown(desk.actor, order.project, desk.place))


def _standups(order: ShowStandups, desk: Desk) -> Message:
    return standups.past(desk.charter.lookups.past(desk.actor, order, desk.place))


def _answer(order: AnswerStandups, desk: Desk) -> Message:
    return standups.noted(desk.charter.standups.answer(desk.actor, order), desk.actor.name)


def _set_digest(order: SetDigest, desk: Desk) -> Message:
    return digests.shown(desk.charter.digests.set(desk.actor, order, desk.place))


def _end_digest(order: EndDigest, desk: Desk) -> Message:
    return digests.shown(desk.charter.digests.end(desk.actor, desk.place))


def _show_digest(order: ShowDigest, desk: Desk) -> Message:
    return digests.shown(desk.charter.digests.shown(desk.actor, desk.place))


def _preview_digest(order: PreviewDigest, desk: Desk) -> Message:
    return digests.previewed(desk.charter.digests.preview(desk.actor, desk.place))


def _set_own(order: SetOwnDigest, desk: Desk) -> Message:
    return digests.shown_own(desk.charter.own_digests.set(desk.actor, order))


def _end_own(order: EndOwnDigest, desk: Desk) -> Message:
    return digests.shown_own(desk.charter.own_digests.end(desk.actor))


def _show_own(order: ShowOwnDigest, desk: Desk) -> Message:
    return digests.shown_own(desk.charter.own_digests.shown(desk.actor))


def _preview_own(order: PreviewOwnDigest, desk: Desk) -> Message:
    return digests.previewed_own(desk.charter.own_digests.preview(desk.actor))


ROUTINES: Carriers = {
    ShowStandup: _standup,
    ShowStandups: _standups,
    SetStandup: write(lambda charter, *asked: charter.standups.set_up(*asked)),
    AdjustStandup: write(lambda charter, *asked: charter.standups.adjust(*asked)),
    EndStandup: write(lambda charter, *asked: charter.standups.end(*asked)),
    AnswerStandups: _answer,
    SetDigest: _set_digest,
    EndDigest: _end_digest,
    ShowDigest: _show_digest,
    PreviewDigest: _preview_digest,
    SetOwnDigest: _set_own,
    EndOwnDigest: _end_own,
    ShowOwnDigest: _show_own,
    PreviewOwnDigest: _preview_own,
}
