"""The list of the reviews that are waited for: from what was seen last, nobody is asked anew."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.acting import acting
from bot.commands import ShowReviews
from bot.evidence import is_gone, last_seen
from bot.hours import Hours, hours
from bot.links import Linked, Sight, sight
from bot.moments import own_day
from bot.outcome import Place
from bot.people import Actor, Person
from bot.review_lists import ReviewsShown, Wait, ordered, worked
from bot.reviewing import owed
from bot.sources.base import PullRequest
from handlers.service import references
from handlers.service.cards import Cards
from handlers.service.desks import Desks
from handlers.service.references import Desk
from storage import evidence


class ReviewLists(Desks):
    """Who looks sees what waits in the projects that they see."""

    def shown(self, actor: Actor, order: ShowReviews, place: Place) -> ReviewsShown:
        with self._reading(actor, place) as desk:
            keys = _projects(desk, order, place)
            cards = Cards(desk.session, desk.facts, desk.cache, desk.now)
            logins: dict[str, int] = {}
            waits: list[Wait] = []
            for one in evidence.of_projects(desk.session, keys) if keys else ():
                seen = one.sighting.seen
                if is_gone(one.sighting, desk.now):
                    continue
                if isinstance(seen, PullRequest) and owed(seen):
                    linked = Linked(one.id, one.project, None, one.sighting)
                    names = cards.logins(linked)
                    logins |= names
                    waits += _waits(desk, cards, linked, seen, names)
            if order.mine:
                me = actor.person_id
                waits = [one for one in waits if me is not None and one.person == me]
            is_one = len(keys) == 1 and (order.project is not None or not order.mine)
            return ReviewsShown(
                ordered(waits),
                self._project(desk, keys[0]) if is_one else None,
                {key: desk.facts.projects[key].name for key in keys},
                dict(desk.facts.people),
                logins,
                order.mine,
            )


def _projects(desk: Desk, order: ShowReviews, place: Place) -> list[int]:
    """The one that is named, or those of the channel, or all that the reader sees."""
    if order.project is not None:
        return [references.project_id(desk, order.project, place)]
    bound = [] if order.mine else desk.facts.by_channel.get(place.channel or "", ())
    here = [key for key in bound if desk.sees(key) and not desk.facts.projects[key].archived]
    return here or [known.id for known in desk.visible() if not known.archived]


def _waits(
    desk: Desk, cards: Cards, linked: Linked, pull: PullRequest, logins: Mapping[str, int]
) -> Iterator[Wait]:
    me = desk.actor.person
    inside = me is None or cards.takes_part(linked, me.id)
    inside = inside or desk.facts.projects[linked.project].shows_titles
    is_hidden = sight(linked, knows_project=True, inside=inside) is not Sight.FULL
    for key, who in owed(pull).items():
        person = _person(desk, logins.get(key))
        own = hours(person, desk.facts.presence(person.id)) if person else Hours()
        since = pull.asked.get(who) or pull.opened
        wait = Wait(
            linked,
            pull,
            who,
            person.id if person else None,
            since,
            worked(own, since, desk.now) if since else timedelta(),
            is_hidden=is_hidden,
            last_seen=last_seen(linked.sighting, desk.now, ZoneInfo(desk.actor.zone)),
        )
        yield _away(desk, wait, person) if person else wait


def _person(desk: Desk, key: int | None) -> Person | None:
    person = desk.facts.people.get(-1 if key is None else key)
    if person is not None and person.merged_into is not None:
        person = desk.facts.people.get(person.merged_into)
    return person


def _away(desk: Desk, wait: Wait, person: Person) -> Wait:
    """With when they are back and who acts for them, where they are not there today."""
    presence, today = desk.facts.presence(person.id), own_day(desk.now, person.timezone)
    project = desk.cache.project(desk.session, desk.facts, wait.linked.project, desk.now)
    placed = desk.facts.placed(project)
    acts = acting(person, placed, desk.facts.people, desk.facts.delegations, desk.now)
    return replace(
        wait,
        back=presence.back(today) if presence.is_away(today) else None,
        acts=acts if acts is not None and acts.delegate is not None else None,
    )
