"""Which project a pasted address belongs to, where it does not say so itself."""

from bot.links import Question
from bot.sources.base import Ref
from handlers.service.cards import Cards
from handlers.service.known import Known
from handlers.service.references import Desk
from storage import directory, links

MOST = 8
"""Projects to choose from."""


def chosen(desk: Desk, ref: Ref) -> int | Question:
    """The project of the place, or the one it is linked to; else the question which.

    In a channel only what everybody there may know decides; the question is for the actor alone.
    """
    places = here(desk)
    linked = [
        one.project
        for one in links.of_ref(desk.session, desk.actor.workspace, ref)
        if one.is_linked and known_here(desk, one.project)
    ]
    both = [project for project in places if project in linked]
    for found in (both, places, linked if not places else []):
        if len(found) == 1:
            return found[0]
    return _question(desk, ref, places)


def here(desk: Desk) -> list[int]:
    """Open projects that are bound to the place."""
    bound = desk.facts.by_channel.get(desk.place.channel or "", ())
    return [
        project
        for project in bound
        if not desk.facts.projects[project].archived and known_here(desk, project)
    ]


def known_here(desk: Desk, project: int) -> bool:
    """Whether all who read the place may know of it."""
    channel = desk.place.channel
    if channel is None or desk.place.is_direct:
        return desk.sees(project)
    places = links.places(desk.session, desk.actor.workspace, [channel])
    cards = Cards(desk.session, desk.facts, desk.cache, desk.now)
    return desk.sees(project) and cards.knows(project, channel, places)


def _question(desk: Desk, ref: Ref, here: list[int]) -> Question:
    """Those of the place; else all open ones that the actor sees, their own first."""
    if here:
        some = [desk.facts.projects[project] for project in here]
    else:
        some = [known for known in desk.visible() if not known.archived]
    mine = _mine(desk)

    def first(known: Known) -> tuple[bool, str, int]:
        return known.id not in mine, known.name.casefold(), known.id

    some.sort(key=first)
    options = tuple((known.name, known.key) for known in some[:MOST])
    return Question(ref, options, max(0, len(some) - MOST))


def _mine(desk: Desk) -> set[int]:
    person = desk.actor.person
    if person is None:
        return set()
    held = directory.held_by(desk.session, person.id, desk.now)
    led = {known.id for known in desk.visible() if known.lead == person.id}
    return {project for project, _item, _letter in held} | led
