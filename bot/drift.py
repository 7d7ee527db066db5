"""Who answers for something by the letters, held against who really works on it.

Three things are found. A *silent A* is accountable for what is in progress and left no trace of any
kind for thirty days. A *shadow R* did two fifths or more of what was done, and holds no letter
there. An *orphan* is worked on, and nobody is accountable. What is found is a question to whoever
it names, and never a ranking: nobody is held against anybody else.

A component that inherits its letters belongs to its stage. Who acts for somebody on a day is there
for them: what they do then counts as that person's. What nobody is known for (an author without a
name here) counts as done, and as nobody's.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.moments import own_day
from bot.people import Delegation, Person
from bot.presence import Presence
from bot.project import CLOSED, Group, Item, Letter, PersonHolder, Project

WEEKS = 6
"""How far back it is looked at who does the work."""
SILENT_AFTER = timedelta(days=30)
SHARE = (2, 5)
"""From which part of the work on somebody ought to hold a letter: two of five."""
LEAST = 5
"""Traces that there must be, before a part of them tells anything."""


class Did(StrEnum):
    """What somebody did that left a trace."""

    AUTHORED = "authored"
    REVIEWED = "reviewed"
    MERGED = "merged"
    RAN = "ran"
    REPORTED = "reported"
    MOVED = "moved"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that somebody did in a project. `item` None: about no stage by itself; `person`
    None: nobody who is known.
    """

    project: int
    item: int | None
    person: int | None
    did: Did
    at: datetime


class Kind(StrEnum):
    """What letters and work disagree about."""

    SILENT_A = "silent-a"
    SHADOW_R = "shadow-r"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Finding:
    """Letters and work that disagree. `person` is who it names, nobody for an orphan.

    `own` of `all` traces on the item in the window are theirs; of an orphan all there are, of a
    silent A none.
    """

    kind: Kind
    project: int
    item: int
    person: int | None
    own: int
    all: int

    @property
    def key(self) -> tuple[Kind, int, int | None]:
        """By what it is the same finding a week later, whatever the numbers are by then."""
        return self.kind, self.item, self.person


@dataclass(frozen=True, slots=True)
class Ground:
    """What a project is judged by. `presences` tell who was away, by person, and `groups` who is
    in a user group: where that is not known, whoever it may be holds the group's letter.
    """

    project: Project
    people: Mapping[int, Person]
    delegations: Sequence[Delegation]
    presences: Mapping[int, Presence]
    now: datetime
    groups: Mapping[str, frozenset[int]] = field(default_factory=dict)


def window(now: datetime) -> datetime:
    """From when on traces count."""
    return now - timedelta(weeks=WEEKS)


def findings(ground: Ground, traces: Iterable[Trace]) -> tuple[Finding, ...]:
    """What is to be asked in a project, in the order of its stages; nothing where it is archived or
    done. Of what is done, or was skipped, nobody is asked.
    """
    project = ground.project
    if project.archived_at is not None or project.finish is not None:
        return ()
    seen = [one for one in traces if _counts(one, ground)]
    found: list[Finding] = []
    for item in project.items:
        if project.ruling(item) is item and item.status not in CLOSED:
            found += _silent(item, ground, seen)
            found += _judged(item, ground, seen)
    return tuple(found)


def _counts(trace: Trace, ground: Ground) -> bool:
    person = _who(trace, ground)
    is_made = person is not None and person.is_bot
    return (
        trace.project == ground.project.id
        and window(ground.now) < trace.at <= ground.now
        and not is_made
    )


def _who(trace: Trace, ground: Ground) -> Person | None:
    """Whose a trace is; of accounts that turned out to be somebody's, that person."""
    person = ground.people.get(trace.person or 0)
    if person is not None and person.merged_into is not None:
        return ground.people.get(person.merged_into)
    return person


def _acts_for(person: int, trace: Trace, ground: Ground) -> Iterator[int]:
    """For whom somebody was there when they did it, besides themselves."""
    for one in ground.delegations:
        owner = ground.people.get(one.person)
        if owner is None or one.delegate != person:
            continue
        if one.project in (None, ground.project.id) and one.covers(
            own_day(trace.at, owner.timezone)
        ):
            yield owner.id


def _silent(item: Item, ground: Ground, traces: Sequence[Trace]) -> Iterator[Finding]:
    """Whoever is accountable and left no trace: on it, on a part of it, or on the project at large.

    Who has held it for less time, or was away for half of it or more, has not been silent; nor has
    anybody of whose letter Charter knows for less time: what they did before left no trace here.
    """
    since = ground.now - SILENT_AFTER
    if not item.status.is_under_way:
        return
    own = {item.id, None} | {one.id for one in ground.project.items if one.parent == item.key}
    lately = [one for one in traces if one.at > since and one.item in own]
    there = {key for one in lately for key in _present(one, ground)}
    for held in item.assignments:
        if held.letter is not Letter.A or not isinstance(held.holder, PersonHolder):
            continue
        person = ground.people.get(held.holder.person)
        if person is None or not _is_asked(person, ground) or person.id in there:
            continue
        known = max(held.recorded_at, held.since or held.recorded_at)
        if known <= since and not _was_away(person, ground):
            yield Finding(
                Kind.SILENT_A,
                ground.project.id,
                item.id,
                person.id,
                0,
                len(_on(item, ground, traces)),
            )


def _present(trace: Trace, ground: Ground) -> Iterator[int]:
    person = _who(trace, ground)
    if person is not None:
        yield person.id
        yield from _acts_for(person.id, trace, ground)


def _is_asked(person: Person, ground: Ground) -> bool:
    """Whether somebody can be asked, and may know what about."""
    return person.active and not person.is_bot and ground.project.visible_to(person.id)


def _was_away(person: Person, ground: Ground) -> bool:
    """Whether somebody is away today, or was on half of their working days or more."""
    last = own_day(ground.now, person.timezone)
    days = [last - timedelta(days=n) for n in range(SILENT_AFTER.days)]
    working = [day for day in days if day.weekday() < _WEEKEND]
    gone = [day for day in working if _is_off(person, day, ground)]
    return _is_off(person, last, ground) or len(gone) * 2 >= len(working)


_WEEKEND = 5


def _is_off(person: Person, day: date, ground: Ground) -> bool:
    presence = ground.presences.get(person.id)
    if presence is not None and presence.leave(day) is not None:
        return True
    return any(
        one.person == person.id and one.project in (None, ground.project.id) and one.covers(day)
        for one in ground.delegations
    )


def _judged(item: Item, ground: Ground, traces: Sequence[Trace]) -> Iterator[Finding]:
    """Who does the work on it without a letter; and whether anybody is accountable for it."""
    project, work = ground.project, _on(item, ground, traces)
    if not work:
        return
    if not any(_is_held(one.holder) for one in item.assignments if one.letter is Letter.A):
        yield Finding(Kind.ORPHAN, project.id, item.id, None, len(work), len(work))
    if len(work) < LEAST:
        return
    holders = _holders(item, ground)
    own: Counter[int] = Counter()
    for one in work:
        person = _who(one, ground)
        if person is not None and holders.isdisjoint(_present(one, ground)):
            own[person.id] += 1
    part, whole = SHARE
    for key, number in sorted(own.items()):
        is_enough = number * whole >= len(work) * part
        if is_enough and _is_asked(ground.people[key], ground) and not _by_group(item, key, ground):
            yield Finding(Kind.SHADOW_R, project.id, item.id, key, number, len(work))


def _on(item: Item, ground: Ground, traces: Sequence[Trace]) -> list[Trace]:
    """What was done on an item, and on those that take their letters from it."""
    project = ground.project
    rows = {one.id for one in project.items if project.ruling(one) is item}
    return [one for one in traces if one.item in rows]


def _is_held(holder: object) -> bool:
    return isinstance(holder, PersonHolder)


def _holders(item: Item, ground: Ground) -> set[int]:
    return {one.holder.person for one in item.assignments if isinstance(one.holder, PersonHolder)}


def _by_group(item: Item, person: int, ground: Ground) -> bool:
    """Whether somebody holds a letter by a user group, or may."""
    groups = (one.holder.slack_id for one in item.assignments if isinstance(one.holder, Group))
    return any(key not in ground.groups or person in ground.groups[key] for key in groups)


# What becomes of a finding

PASSED_AFTER = 7
"""Days that whoever is named has for an answer, before it is told on."""
RESTS = timedelta(days=90)
"""How long nobody is asked again who said that it is not so."""


class Answer(StrEnum):
    """What whoever is named says of it."""

    NONE = ""
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Kept:
    """A finding that stands, since when, and what became of it: when whoever it names was told, and
    whoever can mend it.
    """

    id: int
    finding: Finding
    found_at: datetime
    told_at: datetime | None = None
    passed_at: datetime | None = None
    answer: Answer = Answer.NONE
    answered_at: datetime | None = None


def is_to_pass(kept: Kept, now: datetime) -> bool:
    """Whether it is to be told on: who it names says so, or had a week for an answer."""
    if kept.passed_at is not None or kept.answer is Answer.WRONG or kept.told_at is None:
        return False
    return kept.answer is Answer.RIGHT or (now.date() - kept.told_at.date()).days >= PASSED_AFTER


def is_over(kept: Kept, found: Collection[tuple[Kind, int, int | None]], now: datetime) -> bool:
    """Whether it stands no more, `found` being the keys of what does: what somebody said is not so
    rests for a while, whether it is found meanwhile or not.
    """
    if kept.answer is Answer.WRONG and kept.answered_at is not None:
        return now - kept.answered_at >= RESTS
    return kept.finding.key not in found


def may_read(kept: Kept, project: Project, reader: int | None) -> bool:
    """Whether somebody sees a finding: who it names, and once it was told on, who can mend it."""
    if reader is None or not project.visible_to(reader):
        return False
    if kept.finding.person == reader:
        return True
    item = next((one for one in project.items if one.id == kept.finding.item), None)
    mends = {project.lead}
    if kept.finding.kind is Kind.SHADOW_R and item is not None:
        mends |= {
            one.holder.person
            for one in item.assignments
            if one.letter is Letter.A and isinstance(one.holder, PersonHolder)
        }
    return kept.passed_at is not None and reader in mends


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding that somebody reads, with the project and the item that it is about."""

    kept: Kept
    project: Project
    item: Item


@dataclass(frozen=True, slots=True)
class DriftShown:
    """What somebody may read of all that was found, in one `project` or (None) in all."""

    found: tuple[Shown, ...]
    project: Project | None
    people: Mapping[int, Person]
    reader: int | None
