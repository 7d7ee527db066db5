"""How the digest of a channel is composed: what is posted and what is previewed both come from
here.

Of very many projects only those are read whole, a few at a time, that are told of, or of which a
sketch is not enough to tell how they stand.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.digests import Digest, Part, Window, compose, findings
from bot.digests.composing import parts
from bot.digests.wide import Wide
from bot.lint import Report
from bot.outcome import Place
from bot.project import Project
from bot.sight import admits, is_told_in
from handlers.service.composing import Since, material
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.known import Known
from handlers.service.linter import reported
from handlers.service.many import Many
from handlers.service.once import Once
from handlers.service.snapshots import A_FEW, few_of
from storage import links
from storage.digests import Standing

FEW = A_FEW
"""Projects whose digest is composed of all of them at once."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A channel and the projects it is told of: those bound to it, or (`is_portfolio`) where none
    is, every public one. Never one that not everybody in it may know. What people bear is counted
    over all open ones `around`.
    """

    place: Place
    projects: tuple[Known, ...]
    is_portfolio: bool
    around: tuple[Known, ...]

    @property
    def is_wide(self) -> bool:
        return len(self.projects) > FEW


def reach_of(facts: WorkspaceFacts, place: Place) -> Reach:
    """A private project is told of in the private channel that it is bound to, and nowhere else.

    A channel to which something is bound that it may not be told of gets no portfolio in its place.
    """
    bound = facts.by_channel.get(place.channel or "", ())
    every = sorted(facts.projects.values(), key=lambda known: known.id)
    public = tuple(known for known in every if admits(known, None))
    here = (facts.projects[key] for key in bound)
    told = tuple(known for known in here if is_told_in(known, place)) if bound else public
    around = (*public, *(known for known in told if not admits(known, None)))
    open_ones = tuple(known for known in around if not known.archived)
    return Reach(place, told, is_portfolio=not bound, around=open_ones)


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest as of a revision and a moment, for readers who knew what `standing` says; None:
    silence. `marks` are the linter's findings that they know then.
    """

    digest: Digest | None
    marks: tuple[str, ...]
    reach: Reach
    standing: Standing
    revision: int
    now: datetime


def composed(
    session: Session,
    facts: WorkspaceFacts,
    cache: FactsCache,
    reach: Reach,
    standing: Standing,
    now: datetime,
) -> Composed:
    """What the readers of a channel are told now."""
    at = _At(session, facts, cache, reach.projects, now, standing.plan.zone, reach.around)
    told, marks = (_of_many if reach.is_wide else _of_few)(at, standing)
    return Composed(told, marks, reach, standing, facts.revision, now)


def marks(
    session: Session,
    facts: WorkspaceFacts,
    cache: FactsCache,
    reach: Reach,
    now: datetime,
    zone: str,
) -> tuple[str, ...]:
    """What the linter finds in the open ones, as digests know it."""
    at = _At(session, facts, cache, reach.projects, now, zone, reach.around)
    if reach.is_wide:
        return _all_of(at.marks)
    some = cache.projects(session, facts, at.open, now).values()
    return findings.marks(at.reports(some), facts.people)


def since(standing: Standing, now: datetime) -> datetime:
    return standing.told_until or now - standing.plan.cadence.period


@dataclass
class _At(Many):
    """With what the linter finds in them, where people bear what is `around`."""

    around: Sequence[Known]

    @Once
    def load(self) -> Mapping[int, int]:
        """How many open rows each is accountable for, in all that the readers may know."""
        around = [known.id for known in self.around]
        return self.cache.borne(self.session, self.facts, around, self.now)

    @Once
    def marks(self) -> Mapping[int, frozenset[str]]:
        """What the linter finds in each of very many; whoever is over the limit of rows counts."""
        sketches, limit = self.sketches, self.facts.settings.load_limit
        heavy = {key for key, number in self.load.items() if number > limit}
        return {key: frozenset(one.known(heavy)) for key, one in sketches.items()}

    def reports(self, some: Iterable[Project]) -> tuple[Report, ...]:
        """What the linter finds in the open ones of some, for all who read the channel."""
        open_ones = [one for one in some if not one.archived_at]
        return reported(self.session, self.facts, open_ones, self.load, self.today)


def _told_since(standing: Standing, window: Window) -> Since:
    return Since(standing.told_revision, window.since, window.standup_days, standing.channel)


def _all_of(marks: Mapping[int, frozenset[str]]) -> tuple[str, ...]:
    return tuple(sorted(frozenset[str]().union(*marks.values())))


def _of_few(at: _At, standing: Standing) -> tuple[Digest | None, tuple[str, ...]]:
    window = Window(since(standing, at.now), at.now, at.zone)
    told = _told_since(standing, window)
    found = material(at.session, at.facts, at.cache, at.projects, told, at.now)
    reports = at.reports(found.projects)
    known = None if standing.findings is None else frozenset(standing.findings)
    digest = compose(replace(found, reports=reports, known=known), window)
    return digest, findings.marks(reports, at.facts.people)


def _of_many(at: _At, standing: Standing) -> tuple[Digest | None, tuple[str, ...]]:
    window = Window(since(standing, at.now), at.now, at.zone)
    known = findings.by_project(standing.findings)
    happened, archived = at.happened(standing, window)
    whole = archived | _moved(at, window, known)
    wide = Wide()
    for some in few_of(sorted(whole)):
        wide.take(_parts(at, standing, window, some, known))
    wide.see(
        one.outlook(window, happened=key in happened)
        for key, one in at.sketches.items()
        if key not in whole
    )
    missing = wide.missing if wide.is_news else ()
    rest = [*_parts(at, standing, window, missing, known)]
    logins = links.people_named(at.session, at.facts.workspace, "github")
    return wide.digest(rest, window, at.facts.people, logins), _all_of(at.marks)


def _moved(at: _At, window: Window, known: Mapping[int, frozenset[str]] | None) -> frozenset[int]:
    """The projects in which the linter finds something else than the last digest knew, or something
    was seen elsewhere since, or may be gone there.
    """
    turned = (key for key, marks in at.marks.items() if known is not None and marks != known[key])
    return at.seen_since(window) | frozenset(turned)


def _parts(
    at: _At,
    standing: Standing,
    window: Window,
    keys: Sequence[int],
    known: Mapping[int, frozenset[str]] | None,
) -> Iterator[Part]:
    """What there is to say of some, of which all is read; none of them is kept."""
    if not keys:
        return
    some = [at.facts.projects[key] for key in keys]
    told = _told_since(standing, window)
    found = material(at.session, at.facts, at.cache, some, told, at.now, keep=False)
    marks = None if known is None else frozenset[str]().union(*(known[key] for key in keys))
    yield from parts(replace(found, reports=at.reports(found.projects), known=marks), window)
