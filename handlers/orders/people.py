"""What is done about people, carried out."""

from collections.abc import Callable
from typing import Any

from bot.commands import ShowLogins, ShowPerson
from bot.orders import (
    AskToErase,
    ErasePerson,
    FillSeats,
    GiveBack,
    LinkNames,
    MergePeople,
    SetNames,
    SplitPeople,
    UnlinkNames,
)
from bot.personal import PersonDone
from handlers.orders.desk import Carriers, Carry, Desk
from handlers.service import Identities
from handlers.views import leaving, people
from handlers.views.kit import Message


def _fill(order: FillSeats, desk: Desk) -> Message:
    done = desk.charter.leaving.fill(desk.actor, order.gone, order.chosen, order.holder)
    return leaving.filled(done, desk.actor.name)


def _give_back(order: GiveBack, desk: Desk) -> Message:
    return leaving.filled(desk.charter.leaving.give_back(desk.actor, order.gone), desk.actor.name)


def _show(order: ShowPerson, desk: Desk) -> Message:
    return people.shown(desk.charter.identities.shown(desk.actor, order.person, desk.place))


def _logins(_order: ShowLogins, desk: Desk) -> Message:
    return people.logins(desk.charter.identities.unknown(desk.actor, desk.place))


def _ask_to_erase(order: AskToErase, desk: Desk) -> Message:
    person = desk.charter.personal.named(desk.actor, order.person)
    return people.erasing(person, order.reason)


def _erase(order: ErasePerson, desk: Desk) -> Message:
    done = desk.charter.personal.erase(desk.actor, order.person, order.reason)
    return people.erased(done, desk.actor.name)


def _said(act: Callable[[Identities, Any, Any, Any], PersonDone]) -> Carry:
    def carry(order: Any, desk: Desk) -> Message:
        done = act(desk.charter.identities, desk.actor, order, desk.place)
        return people.changed(done, desk.actor.name)

    return carry


PEOPLE: Carriers = {
    FillSeats: _fill,
    GiveBack: _give_back,
    ShowPerson: _show,
    ShowLogins: _logins,
    AskToErase: _ask_to_erase,
    ErasePerson: _erase,
    LinkNames: _said(Identities.link),
    SetNames: _said(Identities.set),
    UnlinkNames: _said(Identities.unlink),
    MergePeople: _said(Identities.merge),
    SplitPeople: _said(Identities.split),
}
