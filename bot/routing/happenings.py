"""What a change sets going: the events that can be read off it, and off what was before and after.

This is the one place that knows which change is which event. What the clock finds out (a blocker
that lasts, a review that is due) is made into a `Happening` by the duty that finds it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot import scope
from bot.changes import (
    BlockerHanded,
    Change,
    DecisionKept,
    GateAsked,
    GlassBroken,
    HandOverOffered,
    MetricChanged,
    MilestoneMoved,
    RaidChanged,
    RaidRaised,
    RolesChanged,
    ScopeApproved,
    ScopeChanged,
    ScopePart,
    ScopeRevised,
    Seat,
    StageMoved,
)
from bot.project import CLOSED, Assignment, Item, Letter, PersonHolder, Project, Status
from bot.raid import is_grave, label
from bot.routing.table import Event


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of a project (`item` None: of the whole of it), ids all.

    `by`: who brought it about, None the operator or the clock; they are not told of it.
    `concerned`: whom it is about, where the table says so. `note` is what somebody wrote (a
    blocker, a reason), `letters` are those it is about, `until` a day that counts. `ref` is the id
    of what stands behind it (an offer, a consultation), by which it is told apart from another of
    its kind.
    """

    event: Event
    project: int
    item: int | None = None
    by: int | None = None
    concerned: tuple[int, ...] = ()
    note: str = ""
    letters: tuple[Letter, ...] = ()
    until: date | None = None
    ref: int | None = None


_UNDER_WAY = frozenset({Status.IN_PROGRESS, Status.AT_RISK})
_ROUTED = (Letter.A, Letter.R, Letter.C)
"""Who is told that they hold a letter now: the informed read it."""


def happenings(change: Change, before: Project, after: Project) -> tuple[Happening, ...]:
    """What a change sets going, in the order in which it is told. `by` is for the caller to say."""
    match change:
        case StageMoved():
            return tuple(_moved(change, after))
        case GateAsked(project=project, item=item, note=note):
            return (Happening(Event.GATE_OPENED, project, item, note=note),)
        case RolesChanged(accepts=None):
            return tuple(_letters(change))
        case BlockerHanded():
            return tuple(_handed_on(change))
        case HandOverOffered():
            return tuple(_offered(change))
        case ScopeChanged() | MetricChanged() | ScopeRevised():
            return tuple(_scope(change, before, after))
        case ScopeApproved(given=True):
            return (Happening(Event.SCOPE_SIGNED, change.project, note=f"v{change.version}"),)
        case GlassBroken(project=project, reason=reason):
            return (Happening(Event.GLASS_BROKEN, project, note=reason),)
        case MilestoneMoved() | DecisionKept() | RaidRaised() | RaidChanged():
            return tuple(_planned(change))
        case _:
            return ()


def _moved(change: StageMoved, after: Project) -> Iterator[Happening]:
    was, now = change.before, change.after
    item = next((one for one in after.items if one.id == change.item), None)
    for new in change.hurdles.opened:
        yield replace(_of(change, Event.STAGE_BLOCKED), note=new.text)
    if now is Status.BLOCKED and was is not Status.BLOCKED and not change.hurdles.opened:
        yield _of(change, Event.STAGE_BLOCKED)
    if was is Status.BLOCKED and now is not Status.BLOCKED:
        yield _of(change, Event.STAGE_UNBLOCKED)
    if now is Status.DONE and was is not Status.DONE:
        yield _of(change, Event.GATE_OVERRIDDEN if change.passed else Event.GATE_PASSED)
    if was in CLOSED and now not in CLOSED:
        yield _of(change, Event.STAGE_REOPENED)
    if now in _UNDER_WAY and was not in _UNDER_WAY and item and not _is_owned(after, item):
        yield _of(change, Event.STAGE_STARTED_UNOWNED)


def _of(change: StageMoved, event: Event) -> Happening:
    return Happening(event, change.project, change.item, note=change.note or "")


def _is_owned(project: Project, item: Item) -> bool:
    return any(
        held.letter is Letter.A and isinstance(held.holder, PersonHolder)
        for held in project.raci(item)
    )


def _offered(change: HandOverOffered) -> Iterator[Happening]:
    """What is asked and answered is told to both sides where the offer itself is read; whoever is
    accountable also hears of what others propose.
    """
    if not change.is_request:
        yield Happening(Event.HANDOVER_OFFERED, change.project, change.item)


def _handed_on(change: BlockerHanded) -> Iterator[Happening]:
    """Both sides: whose it is now, and whose it was."""
    of = Happening(Event.BLOCKER_GIVEN, change.project, change.item, note=change.text)
    if change.after is not None:
        yield replace(of, concerned=(change.after,))
    if change.before is not None:
        yield replace(of, event=Event.BLOCKER_TAKEN, concerned=(change.before,))


def _scope(
    change: ScopePart | ScopeRevised, before: Project, after: Project
) -> Iterator[Happening]:
    """A sign-off that goes stale by it, with what is otherwise now: once, until it is renewed."""
    if scope.is_stale(after.scope) and not scope.is_stale(before.scope):
        edits = scope.edits(scope.cells(before.scope), scope.cells(after.scope))
        material = [scope.cell_words(one.cell) for one in edits if scope.is_material(one.cell)]
        yield Happening(Event.SCOPE_CHANGED, change.project, note=", ".join(material))


def _planned(
    change: MilestoneMoved | DecisionKept | RaidRaised | RaidChanged,
) -> Iterator[Happening]:
    match change:
        case MilestoneMoved(taken_back=False) if change.after > change.before:
            days = f"{change.title}: {change.before.isoformat()} → {change.after.isoformat()}"
            yield Happening(Event.MILESTONE_SLIPPED, change.project, change.item, note=days)
        case DecisionKept():
            yield Happening(Event.DECISION_KEPT, change.project, change.item, note=change.text)
        case RaidRaised(taken_back=False) | RaidChanged():
            yield from _raid(change)


def _raid(change: RaidRaised | RaidChanged) -> Iterator[Happening]:
    """Who is given an entry, and a risk that became as grave as can be; what is closed rests."""
    before, now = (
        (change.before, change.after) if isinstance(change, RaidChanged) else (None, change.said)
    )
    if now.closed:
        return
    note = f"{label(change.kind, change.number)}: {now.text}"
    of = Happening(Event.RAID_GRAVE, change.project, change.item, note=note)
    owner = (now.owner,) if now.owner is not None else ()
    was_grave = before is not None and is_grave(before) and not before.closed
    if is_grave(now) and not was_grave:
        plan = f" – {now.mitigation}" if now.mitigation else " – nothing is planned against it"
        yield replace(of, concerned=owner, note=f"{note}{plan}")
    elif owner and (before is None or before.owner != now.owner):
        yield replace(of, event=Event.RAID_GIVEN, concerned=owner)


def _letters(change: RolesChanged) -> Iterator[Happening]:
    """Who holds what now that they did not, and the other way round, a person at a time."""
    begun = _by_person((*change.begun, *change.restored))
    ended = _by_person((*change.ended, *change.voided))
    for event, these, those in (
        (Event.LETTER_GIVEN, begun, ended),
        (Event.LETTER_TAKEN, ended, begun),
    ):
        for person, letters in these.items():
            told = tuple(each for each in letters if each not in those.get(person, ()))
            if told:
                yield Happening(
                    event, change.project, change.item, concerned=(person,), letters=told
                )


def _by_person(held: tuple[Seat | Assignment, ...]) -> dict[int, tuple[Letter, ...]]:
    found: dict[int, tuple[Letter, ...]] = {}
    for one in held:
        if isinstance(one.holder, PersonHolder) and one.letter in _ROUTED:
            person = one.holder.person
            found[person] = (*found.get(person, ()), one.letter)
    return found
