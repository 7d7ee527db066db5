"""How somebody's own digest is composed: what is sent and what is previewed both come from here.

Who holds nothing is told of all that they see. Where that are very many projects, only those are
read whole, a few at a time, that are told of, or of which a sketch is not enough.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cadence import Cadence, DigestPlan
from bot.digests import OwnDigest, Part, Window, compose_own
from bot.digests.composing import parts
from bot.digests.own import Held, asks, names
from bot.digests.wide import OwnWide
from bot.moments import known as known_zone
from bot.people import Person
from bot.project import Letter
from bot.sight import admits
from bot.sources.base import Kind, PullRequest
from bot.waiting import Waiting
from handlers.service import overview
from handlers.service.composing import Since, material
from handlers.service.digesting import FEW
from handlers.service.known import Known
from handlers.service.many import Many
from handlers.service.references import Desk
from handlers.service.snapshots import few_of
from storage import directory, evidence, links
from storage.digests import Standing


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody is told of, and what they hold there; `holds` false: of all that they see."""

    projects: tuple[Known, ...]
    held: dict[int, Held]

    @property
    def holds(self) -> bool:
        return bool(self.held)

    @property
    def is_wide(self) -> bool:
        return len(self.projects) > FEW


def reach_of(desk: Desk, me: Person) -> Reach:
    """The projects in which somebody holds a letter, or which they lead; else all that they see."""
    letters: dict[int, dict[int, set[Letter]]] = defaultdict(lambda: defaultdict(set))
    for project, item, letter in directory.held_by(desk.session, me.id, desk.now):
        letters[project][item].add(letter)
    every = [desk.facts.projects[key] for key in sorted(desk.facts.projects)]
    mine = [one for one in every if one.id in letters or one.lead == me.id]
    held = {
        one.id: Held(
            {item: frozenset(some) for item, some in letters[one.id].items()}, one.lead == me.id
        )
        for one in _seen(mine, me)
    }
    projects = mine if held else every
    return Reach(_seen(projects, me), held)


def _seen(projects: Iterable[Known], me: Person) -> tuple[Known, ...]:
    return tuple(one for one in projects if not one.is_gone and admits(one, me.id))


def plan_of(standing: Standing, me: Person) -> DigestPlan:
    """How it is set, where they are now, with the holidays that they have now."""
    plan = standing.plan.there(known_zone(me.timezone))
    is_monthly = plan.cadence is Cadence.MONTHLY and plan.knows_holidays
    return replace(plan, region=me.region) if is_monthly else plan


def window_of(standing: Standing, me: Person, now: datetime) -> Window:
    since = standing.told_until or now - standing.plan.cadence.period
    return Window(since, now, plan_of(standing, me).zone)


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest, but for the mail of its day, as of a revision and a moment, for somebody who knew
    what `standing` says.
    """

    digest: OwnDigest
    standing: Standing
    holds: bool
    revision: int
    now: datetime

    def still_holds(self, standing: Standing, reach: Reach) -> bool:
        """Whether it is what they are to be told by now. What was hidden from them since is looked
        at before it is sent.
        """
        return self.standing == standing and self.holds == reach.holds


def composed(desk: Desk, me: Person, standing: Standing, reach: Reach) -> Composed:
    """What somebody is told now."""
    is_many = reach.is_wide and not reach.holds
    digest = (_of_many if is_many else _of_few)(desk, me, standing, reach)
    return Composed(digest, standing, reach.holds, desk.facts.revision, desk.now)


def _told_since(standing: Standing, window: Window) -> Since:
    return Since(standing.told_revision, window.since, window.standup_days)


def _of_few(desk: Desk, me: Person, standing: Standing, reach: Reach) -> OwnDigest:
    window = window_of(standing, me, desk.now)
    told = _told_since(standing, window)
    found = material(desk.session, desk.facts, desk.cache, reach.projects, told, desk.now)
    keys = [one.id for one in reach.projects if not one.archived]
    return compose_own(found, window, me, reach.held, _waits(desk, me, keys))


def _of_many(desk: Desk, me: Person, standing: Standing, reach: Reach) -> OwnDigest:
    facts, window = desk.facts, window_of(standing, me, desk.now)
    many = Many(desk.session, facts, desk.cache, reach.projects, desk.now, window.zone)
    logins = links.people_named(desk.session, facts.workspace, "github")
    happened, archived = many.happened(standing, window)
    to_review = _to_review(many, names(logins, me))
    whole = archived | many.seen_since(window) | frozenset(to_review)
    wide = OwnWide(me, logins)
    for some in few_of(sorted(whole)):
        wide.take(_parts(desk, standing, window, some))
    wide.see(
        one.outlook(window, happened=key in happened)
        for key, one in many.sketches.items()
        if key not in whole
    )
    rest = _parts(desk, standing, window, wide.missing)
    keys = sorted(overview.asked_in(desk, me.id).intersection(many.open))
    return wide.digest(rest, window, facts.people, _waits(desk, me, keys))


def _waits(desk: Desk, me: Person, keys: Sequence[int]) -> list[Waiting]:
    """What of these open projects waits for them."""
    found = desk.cache.projects(desk.session, desk.facts, keys, desk.now)
    return list(overview.waiting_for(desk, me.id, list(found.values())))


def _to_review(many: Many, names: frozenset[str]) -> Iterator[int]:
    """The projects in which a pull request asks somebody with these names for a review."""
    linked = sorted(key for key, stamp in many.stamps.items() if stamp.pulls) if names else []
    for some in few_of(linked):
        for row, sighting in evidence.rows(many.session, Kind.PULL_REQUEST, some):
            if isinstance(sighting.seen, PullRequest) and asks(sighting.seen, names):
                yield row["project_id"]


def _parts(desk: Desk, standing: Standing, window: Window, keys: Sequence[int]) -> Sequence[Part]:
    """What there is to say of some, of which all is read; none of them is kept."""
    if not keys:
        return ()
    some = [desk.facts.projects[key] for key in keys]
    told = _told_since(standing, window)
    return parts(
        material(desk.session, desk.facts, desk.cache, some, told, desk.now, keep=False), window
    )
