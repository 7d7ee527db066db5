"""What is to come to a channel by itself, and may not be told there by now: it rests, and whoever
set it is told once, at the first time at which it does not come.
"""

from collections.abc import Iterator

from bot.channels import Rest
from bot.outcome import Place
from bot.people import Person
from bot.sight import NO_GUESTS, Guests, admits, is_told_beside, is_told_in
from handlers.service.facts import WorkspaceFacts
from handlers.service.known import Known
from handlers.service.timers import Shift
from handlers.views import channels as views
from storage import directory, outbox


def why(place: Place, known: Known | None = None, guests: Guests = NO_GUESTS) -> Rest | None:
    """Why it rests: what is of one project (`known`), or of all. None where it comes, or where the
    channel is gone, which was told when it went.
    """
    if place.gone is not None:
        return None
    if place.is_shared:
        return Rest.SHARED
    if known is None or known.archived:
        return None
    if not is_told_in(known, place):
        return Rest.HIDDEN
    return None if is_told_beside(known, place, guests) else Rest.GUEST


def tell(
    shift: Shift,
    kind: str,
    number: int,
    channel: str,
    set_by: int | None,
    project: int | None = None,
    guests: Guests = NO_GUESTS,
) -> None:
    """Tell it of a digest, a brief or a file (`kind`) of that number, if it rests."""
    session, facts = shift.session, shift.facts
    place = directory.place(session, facts.workspace, channel)
    known = facts.projects.get(project) if project is not None else None
    rest = why(place, known, guests) if place is not None else None
    if place is None or rest is None:
        return
    message = views.rests(kind, known.name if known else "", place.name, rest)
    for person in _who(facts, channel, set_by, known):
        outbox.say(
            session,
            facts.workspace,
            f"rests/{kind}/{number}/{rest}/{person.id}",
            person.slack_id or "",
            message.text,
            message.blocks,
            shift.now,
            about=f"rests/{kind}/{number}",
            confidential=known is not None and known.private,
        )


def _who(
    facts: WorkspaceFacts, channel: str, set_by: int | None, known: Known | None
) -> list[Person]:
    """Who set it; where they cannot be told (any more), who leads the project, or those that are
    bound to the channel.
    """
    bound = [facts.projects[key] for key in facts.by_channel.get(channel, ())]
    about = [known] if known else bound
    setter = [*_told(facts, set_by, known)]
    if setter:
        return setter
    leads = {one.lead: one for one in about if one.lead is not None and not one.archived}
    return [person for key, one in leads.items() for person in _told(facts, key, one)]


def _told(facts: WorkspaceFacts, key: int | None, known: Known | None) -> Iterator[Person]:
    """Somebody who can be written to, and may know of the project."""
    person = facts.people.get(key or 0)
    if person is None or not person.active or not person.slack_id or person.is_unreachable:
        return
    if known is None or admits(known, person.id):
        yield person
