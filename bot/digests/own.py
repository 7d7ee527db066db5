"""Somebody's own digest: what waits for them, how their rows stand, and what became of the projects
in which they hold a letter, or (where they hold none) of all that they may see.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot import waiting
from bot.cadence import Cadence, DigestPlan
from bot.digests.composing import parts
from bot.digests.outlook import weight
from bot.digests.values import Blocker, Deadline, Material, Outlook, Part, Waiting, Window
from bot.lateness import Missed
from bot.milestones import Milestone
from bot.people import Person
from bot.project import CLOSED, Item, Letter, Project
from bot.routing.told import Told
from bot.sources.base import PullRequest


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody holds in a project: letters by item, and whether they lead it."""

    items: Mapping[int, frozenset[Letter]] = field(default_factory=dict)
    leads: bool = False

    @property
    def letter(self) -> Letter | None:
        """The weightiest: who leads a project answers for it."""
        if self.leads:
            return Letter.A
        every = {letter for letters in self.items.values() for letter in letters}
        return next((letter for letter in Letter if letter in every), None)


NOTHING = Held()


@dataclass(frozen=True, slots=True)
class OwnRow:
    """An open item of theirs that is under way, blocked, late or due soon."""

    project: Project
    item: Item
    letters: tuple[Letter, ...]
    blockers: tuple[Blocker, ...] = ()
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True)
class ToReview:
    """A pull request that waits for their review."""

    project: Project
    pull: Waiting


@dataclass(frozen=True, slots=True)
class OwnDigest:
    """What somebody is told. `parts` hold what is not told above them; `mail` is what their letters
    have for them today, which comes with it instead of by itself. Of very many projects `parts` are
    those for which there is room, `beyond` the others in their order.
    """

    window: Window
    person: Person
    waiting: tuple[waiting.Waiting, ...]
    rows: tuple[OwnRow, ...]
    reviews: tuple[ToReview, ...]
    parts: tuple[Part, ...]
    quiet: int
    people: Mapping[int, Person]
    logins: Mapping[str, int]
    letters: Mapping[int, Letter | None]
    is_news: bool
    beyond: tuple[Outlook, ...] = ()
    mail: tuple[Told, ...] = ()

    @property
    def projects(self) -> frozenset[int]:
        """Those that it tells of."""
        rows = (*self.waiting, *self.rows, *self.reviews, *self.parts)
        return frozenset((*(one.project.id for one in rows), *(one.project for one in self.beyond)))

    def told_with(self, mail: Sequence[Told]) -> "OwnDigest | None":
        """The same with the mail of its day; None: silence, where there is none and nothing is news
        in it.
        """
        return replace(self, mail=tuple(mail)) if mail or self.is_news else None


@dataclass(frozen=True, slots=True)
class OwnDigestShown:
    """How somebody's own digest is set, and of how many projects it tells.

    What set it so just now is line `seq` of the record and can be undone until `undo_until`.
    `missed` are those of the last weeks that did not come.
    """

    plan: DigestPlan | None
    zone: str
    since: datetime | None
    next_at: datetime | None
    projects: tuple[str, ...]
    holds: bool
    seq: int = 0
    undo_until: datetime | None = None
    undone: bool = False
    missed: tuple[Missed, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnDigestPreview:
    """What somebody would be told now; `digest` None: nothing, or (`heartbeat`) that nothing has
    changed.
    """

    cadence: Cadence
    window: Window
    digest: OwnDigest | None
    is_set: bool
    heartbeat: bool


def compose_own(
    material: Material,
    window: Window,
    person: Person,
    held: Mapping[int, Held],
    waits: Sequence[waiting.Waiting],
) -> OwnDigest:
    """Somebody's digest, before it is known whether there is mail.

    `material` is of the projects in which they hold something, else of all that they see.
    """
    holds = bool(held)
    found = [
        _fitted(part, held.get(part.project.id, NOTHING), person) if holds else part
        for part in parts(material, window)
    ]
    rows = sorted(
        (row for part in found for row in _rows(part, held.get(part.project.id, NOTHING))),
        key=_urgency,
    )
    mine = names(material.logins, person)
    reviews = tuple(one for part in found for one in owed(part, mine))
    told = [part for one in found if not (part := besides(one, rows, reviews)).is_empty]
    letters = {part.project.id: held.get(part.project.id, NOTHING).letter for part in found}
    told.sort(key=lambda part: (_rank(letters[part.project.id]), weight(part)))
    return OwnDigest(
        window=window,
        person=person,
        waiting=tuple(waits),
        rows=tuple(rows),
        reviews=reviews,
        parts=tuple(told),
        quiet=len(found)
        - len({part.project.id for part in told} | {row.project.id for row in rows}),
        people=material.people,
        logins=material.logins,
        letters=letters,
        is_news=any(part.is_news for part in found),
    )


def _rank(letter: Letter | None) -> int:
    return list(Letter).index(letter) if letter is not None else len(Letter)


def _fitted(part: Part, held: Held, person: Person) -> Part:
    """What of a project is for somebody with these letters. Who answers for it, or leads it, reads
    all of it; who works on it not what nobody does; who is asked, or only told, what was changed
    and decided, and the milestones. Of a document hears who is to look it through; where that is
    nobody, who answers for the project.
    """
    letter = held.letter
    to_read = tuple(
        one
        for one in part.documents
        if one.due.who == person.id or (one.due.who is None and letter is Letter.A)
    )
    part = replace(part, documents=to_read)
    if letter is Letter.A:
        return part
    works = letter is Letter.R
    return replace(
        part,
        blockers=part.blockers if works else (),
        gaps=(),
        deadlines=tuple(one for one in part.deadlines if works or isinstance(one.item, Milestone)),
        worries=(),
        pulls=part.pulls if works else (),
        runs=part.runs if works else None,
        closer=part.closer if works else (),
        found=(),
        mended=(),
        standups=part.standups if works else None,
    )


def _rows(part: Part, held: Held) -> Iterator[OwnRow]:
    deadlines = {one.item.id: one for one in part.deadlines if isinstance(one.item, Item)}
    blocked: dict[int, list[Blocker]] = {}
    for one in part.blockers:
        blocked.setdefault(one.item.id, []).append(one)
    for item in part.project.items:
        letters = held.items.get(item.id, frozenset()) & {Letter.A, Letter.R}
        due = deadlines.get(item.id)
        some = tuple(blocked.get(item.id, ()))
        if letters and item.status not in CLOSED and (some or due or item.status.is_under_way):
            yield OwnRow(
                part.project, item, tuple(one for one in Letter if one in letters), some, due
            )


def _urgency(row: OwnRow) -> tuple[object, ...]:
    """What they answer for first; there the longest blocked, then what is due next."""
    ages = [one.age if one.age is not None else 10_000 for one in row.blockers]
    return (
        Letter.A not in row.letters,
        -max(ages, default=-1),
        row.deadline.days if row.deadline else 10_000,
        row.project.name.casefold(),
    )


def names(logins: Mapping[str, int], person: Person) -> frozenset[str]:
    """What somebody is called on GitHub."""
    return frozenset(login for login, key in logins.items() if key == person.id)


def owed(part: Part, names: Collection[str]) -> list[ToReview]:
    """The pull requests of a project that wait for the review of somebody with these names."""
    return [ToReview(part.project, _mine(one, names)) for one in part.pulls if _owes(one, names)]


def _owes(pull: Waiting, names: Collection[str]) -> bool:
    return pull.is_waiting and asks(pull.seen, names)


def asks(seen: PullRequest, names: Collection[str]) -> bool:
    """Whether somebody with these names is asked to review it."""
    return any(login.casefold() in names for login in seen.requested)


def _mine(pull: Waiting, names: Collection[str]) -> Waiting:
    """With how long it waits for them, whoever else is asked."""
    mine = [age for login, age in pull.waits.items() if login in names]
    return replace(pull, age=max(mine)) if mine else pull


def besides(part: Part, rows: Iterable[OwnRow], reviews: Iterable[ToReview]) -> Part:
    """What is not told above it."""
    mine = {row.item.id for row in rows if row.project.id == part.project.id}
    pulls = {one.pull.linked.id for one in reviews if one.project.id == part.project.id}
    return replace(
        part,
        blockers=tuple(one for one in part.blockers if one.item.id not in mine),
        deadlines=tuple(
            one
            for one in part.deadlines
            if isinstance(one.item, Milestone) or one.item.id not in mine
        ),
        pulls=tuple(one for one in part.pulls if one.linked.id not in pulls),
    )
