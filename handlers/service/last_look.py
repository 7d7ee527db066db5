"""The last look at what is due: as it may be told now, and without what is settled by then.

What it finds is written down before anything is sent, so that nobody is taken to have heard what
was never said to them.
"""

from collections.abc import Mapping, Sequence

import structlog

from bot.routing import Event
from bot.routing.told import Told, recalled
from handlers import observe
from handlers.service import consulting, mail, prompts
from handlers.service.timers import Shift
from handlers.service.unsettled import Unsettled, unsettled
from storage import directory, outbox
from storage.outbox import Parcel, enclosures

log = structlog.get_logger("charter.outbox")

FAULTS = (LookupError, ValueError, TypeError, AttributeError)
"""What goes wrong with one message; where the database does, nothing is sent."""


def fresh(shift: Shift, parcels: Sequence[Parcel]) -> Mapping[int, Parcel | None]:
    """These by their ids, each as it may be told now: as it is, with less, or (None) not at all.
    One that cannot be looked at stays as it is, and holds up no other; of a private project it is
    not told then, for its reader may know of that no more.
    """
    tells = [one for parcel in parcels if mail.is_mail(parcel) for one in _tells(parcel)]
    still = unsettled(shift.session, shift.facts, shift.cache, tells, shift.now)
    return {parcel.id: _fresh(shift, parcel, still) for parcel in parcels}


def put_right(shift: Shift, parcels: Sequence[Parcel]) -> dict[int, int]:
    """Write down what these may tell now; gives the versions, by id, of those of which something
    is left. Nobody else changes them, or the workspace.
    """
    left: dict[int, int] = {}
    told = fresh(shift, parcels)
    for parcel in parcels:
        less = told[parcel.id]
        if less is parcel:
            left[parcel.id] = parcel.version
            continue
        mail.take_back(shift.session, parcel.why)
        if less is not None:
            outbox.lessen(shift.session, parcel, less)
            left[parcel.id] = parcel.version + 1
        else:
            _withhold(shift, parcel)
    return left


def _withhold(shift: Shift, parcel: Parcel) -> None:
    """Let a message not go. A question to the Consulted that it was to put is not asked."""
    session = shift.session
    if parcel.ts is None and not parcel.is_uncertain:
        asked = [one.ref for one in _tells(parcel) if one.event is Event.CONSULTATION_ASKED]
        for key in asked:
            if key and consulting.withdraw(session, shift.facts, shift.clockwork, key, shift.now):
                outbox.drop(session, [parcel.id])
                return
    outbox.withhold(session, parcel, shift.now, refused=mail.is_mail(parcel))
    enclosures.let_go(session, [parcel.id])


def _fresh(shift: Shift, parcel: Parcel, still: Unsettled) -> Parcel | None:
    try:
        if mail.is_mail(parcel):
            return _mail(shift, parcel, still)
        return prompts.fresh(shift, parcel) if prompts.is_of_standup(parcel) else parcel
    except FAULTS as error:
        log.error("message_not_looked_at", key=parcel.key, **observe.fault(error))
        return None if parcel.confidential else parcel


def _mail(shift: Shift, parcel: Parcel, still: Unsettled) -> Parcel | None:
    facts, to_person = shift.facts, mail.is_to_person(parcel)
    waits = mail.lessened(parcel, still.of(recalled(parcel.why)), facts)
    if waits is None:
        return None
    place = None
    if not to_person:
        place = directory.place(shift.session, facts.workspace, parcel.channel)
    return mail.fresh(waits, facts, place)


def _tells(parcel: Parcel) -> tuple[Told, ...]:
    """What it tells; nothing where that cannot be read."""
    try:
        return recalled(parcel.why)
    except ValueError:
        return ()
