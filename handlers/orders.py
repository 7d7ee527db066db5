"""An order carried out and worded: the same for a command, a button and a form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.commands import (
    Archive,
    Ask,
    Bind,
    Export,
    Help,
    ListProjects,
    OpenNew,
    OpenStandup,
    Order,
    PreviewDigest,
    Show,
    ShowDigest,
    ShowMatrix,
    ShowRow,
    ShowScope,
    ShowStandup,
    Unbind,
)
from bot.errors import Refused, Why
from bot.orders import (
    AddLink,
    AnswerStandup,
    Assign,
    Clear,
    Due,
    EndDigest,
    EndStandup,
    Move,
    MoveLink,
    NewProject,
    SetAlias,
    SetDigest,
    SetScope,
    SetStandup,
)
from bot.outcome import Done, Place
from bot.people import Actor
from handlers.service import Charter
from handlers.views import answers, changes, digests, help, links, matrix, projects, standups
from handlers.views.kit import Message


@dataclass(frozen=True, slots=True)
class Desk:
    """Who gives an order, and where. `private`: nobody else reads the answer."""

    charter: Charter
    actor: Actor
    place: Place
    private: bool


def carried_out(order: "Wish", desk: Desk) -> Message:
    """Do it and say so; raises what the services raise.

    What opens a form or brings a file is not for here.
    """
    _needs_name(order, desk.place)
    if write := _WRITES.get(type(order)):
        done = write(desk.charter, desk.actor, order, desk.place)
        return changes.done(done, desk.actor.name)
    return _OTHERS[type(order)](order, desk)


def _needs_name(order: "Wish", place: Place) -> None:
    """Nothing is bound to a channel that Slack does not let Charter look at."""
    binds = isinstance(order, Bind) or (isinstance(order, NewProject) and order.bind_here)
    if binds and place.channel and not place.name:
        raise Refused(Why.CHANNEL_UNREADABLE)


_WRITES: dict[type, Callable[[Charter, Actor, Any, Place], Done]] = {
    NewProject: lambda charter, *asked: charter.projects.create(*asked),
    Assign: lambda charter, *asked: charter.raci.assign(*asked),
    Clear: lambda charter, *asked: charter.raci.clear(*asked),
    Move: lambda charter, *asked: charter.stages.move(*asked),
    Due: lambda charter, *asked: charter.stages.due(*asked),
    SetScope: lambda charter, *asked: charter.scopes.scope(*asked),
    SetAlias: lambda charter, *asked: charter.projects.alias(*asked),
    Bind: lambda charter, actor, order, place: charter.projects.bind(actor, order.project, place),
    Unbind: lambda charter, actor, order, place: charter.projects.unbind(
        actor, place, order.project
    ),
    Archive: lambda charter, actor, order, place: charter.projects.archive(
        actor, order.project, place, order.archived
    ),
}


def _help(order: Help, desk: Desk) -> Message:
    return help.helped(order.topic)


def _list(order: ListProjects, desk: Desk) -> Message:
    return projects.listed(desk.charter.projects.listed(desk.actor, order.page, desk.place))


def _show(order: Show, desk: Desk) -> Message:
    return projects.shown(desk.charter.projects.shown(desk.actor, order.project, desk.place))


def _matrix(order: ShowMatrix, desk: Desk) -> Message:
    return matrix.matrix(desk.charter.projects.shown(desk.actor, order.project, desk.place))


def _row(order: ShowRow, desk: Desk) -> Message:
    shown = desk.charter.projects.row(desk.actor, order.item, order.project, desk.place)
    return matrix.row(shown)


def _scope(order: ShowScope, desk: Desk) -> Message:
    shown = desk.charter.projects.shown(desk.actor, order.project, desk.place)
    return projects.scope(shown, order.name)


def _add_link(order: AddLink, desk: Desk) -> Message:
    return links.made(desk.charter.links.link(desk.actor, order, desk.place))


def _move_link(order: MoveLink, desk: Desk) -> Message:
    done = desk.charter.links.move(desk.actor, order, desk.place)
    return changes.done(done, desk.actor.name)


def _ask(order: Ask, desk: Desk) -> Message:
    answer = desk.charter.questions.ask(
        desk.actor, order.text, desk.place, private_reply=desk.private
    )
    return answers.answered(answer, private=desk.private)


def _standup(order: ShowStandup, desk: Desk) -> Message:
    return standups.shown(desk.charter.standups.shown(desk.actor, order.project, desk.place))


def _set_standup(order: SetStandup, desk: Desk) -> Message:
    done = desk.charter.standups.set_up(desk.actor, order, desk.place)
    return changes.done(done, desk.actor.name)


def _end_standup(order: EndStandup, desk: Desk) -> Message:
    done = desk.charter.standups.end(desk.actor, order, desk.place)
    return changes.done(done, desk.actor.name)


def _answer(order: AnswerStandup, desk: Desk) -> Message:
    return standups.noted(desk.charter.standups.answer(desk.actor, order), desk.actor.name)


def _set_digest(order: SetDigest, desk: Desk) -> Message:
    return digests.shown(desk.charter.digests.set(desk.actor, order, desk.place))


def _end_digest(order: EndDigest, desk: Desk) -> Message:
    return digests.shown(desk.charter.digests.end(desk.actor, desk.place))


def _show_digest(order: ShowDigest, desk: Desk) -> Message:
    return digests.shown(desk.charter.digests.shown(desk.actor, desk.place))


def _preview_digest(order: PreviewDigest, desk: Desk) -> Message:
    return digests.previewed(desk.charter.digests.preview(desk.actor, desk.place))


_OTHERS: dict[type, Callable[[Any, Desk], Message]] = {
    Help: _help,
    ListProjects: _list,
    Show: _show,
    ShowMatrix: _matrix,
    ShowRow: _row,
    ShowScope: _scope,
    AddLink: _add_link,
    MoveLink: _move_link,
    Ask: _ask,
    ShowStandup: _standup,
    SetStandup: _set_standup,
    EndStandup: _end_standup,
    AnswerStandup: _answer,
    SetDigest: _set_digest,
    EndDigest: _end_digest,
    ShowDigest: _show_digest,
    PreviewDigest: _preview_digest,
}

Wish = Order | NewProject | MoveLink | SetStandup | AnswerStandup
"""Whatever is carried out; some of it only a form or a button can say."""

HANDLED = frozenset({*_WRITES, *_OTHERS, OpenNew, OpenStandup, Export})
"""Every kind of order that somebody can give."""
