"""Work that the record itself tells of: what somebody moved, decided, took over, planned.

Many lines about one thing are one piece of work, which says how that stands now; what was undone,
or was changed back, is none. Letters that somebody gives to others are no work.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from bot import scope
from bot.changes import (
    DecisionKept,
    DecisionWithdrawn,
    DueMoved,
    GateAsked,
    MetricChanged,
    MilestoneMet,
    MilestoneMoved,
    MilestoneRemoved,
    MilestoneSet,
    RaidChanged,
    RaidRaised,
    RolesChanged,
    ScopeApproved,
    ScopeChanged,
    ScopePart,
    ScopeRevised,
    StageMoved,
    TickChanged,
    VerdictGiven,
)
from bot.drafts.work import LONGEST, Deed, Kind, Material, Work
from bot.project import CLOSED, Holder, PersonHolder, Status
from bot.raid import label
from bot.text import clip

KINDS = (
    DecisionKept,
    DecisionWithdrawn,
    DueMoved,
    GateAsked,
    MetricChanged,
    MilestoneMet,
    MilestoneMoved,
    MilestoneRemoved,
    MilestoneSet,
    RaidChanged,
    RaidRaised,
    RolesChanged,
    ScopeApproved,
    ScopeChanged,
    ScopeRevised,
    StageMoved,
    TickChanged,
    VerdictGiven,
)
"""The kinds of change that tell of work."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What one line does to one thing. `before` and `after` are how it stood and stands, so that
    what was changed back is seen; `text` says the latter, `item` is what it is about.
    """

    kind: Kind
    thing: Hashable
    before: object
    after: object
    text: str
    item: int | None = None
    url: str = ""


def of_record(material: Material) -> Iterator[Work]:
    """The person's own work, and what they handed over or took over, whoever said so."""
    standing = _standing(deed for deed in material.deeds if material.span.holds(deed.at))
    things: dict[Hashable, list[tuple[Deed, _Step]]] = {}
    for deed in standing:
        if deed.by == material.person or isinstance(deed.change, RolesChanged | DecisionWithdrawn):
            for step in _steps(deed, material):
                things.setdefault((step.kind, step.thing), []).append((deed, step))
    keys = Counter[str]()
    for steps in things.values():
        (first, began), (last, ends) = steps[0], steps[-1]
        is_own = ends.kind is Kind.HAND_OVER or any(deed.by == material.person for deed, _ in steps)
        if is_own and began.before != ends.after:
            key = f"{ends.kind}/{first.seq}"
            keys[key] += 1
            own_key = key if keys[key] == 1 else f"{key}/{keys[key]}"
            text = clip(ends.text, LONGEST)
            yield Work(ends.kind, own_key, text, last.at, ends.item, ends.url)


def _standing(deeds: Iterable[Deed]) -> list[Deed]:
    """Without what was undone, and without the undoing."""
    found = list(deeds)
    undone = {deed.undoes for deed in found}
    return [deed for deed in found if deed.undoes is None and deed.seq not in undone]


def _steps(deed: Deed, material: Material) -> Iterator[_Step]:
    match deed.change:
        case StageMoved() as change:
            yield from _moved(change, material)
        case TickChanged() | GateAsked() as change:
            yield _gate(change, material)
        case DecisionKept() | DecisionWithdrawn() as change:
            yield _decided(change)
        case RolesChanged() as change:
            yield from _handed_over(change, material)
        case ScopeChanged() | MetricChanged() | ScopeRevised() as change:
            yield from _scope(change)
        case ScopeApproved() | VerdictGiven() as change:
            yield _judged(change)
        case DueMoved(item=item, before=before, after=after):
            title = material.title(item)
            text = f"{title}: due {after.isoformat()}" if after else f"{title}: no due date now"
            yield _Step(Kind.PLANNING, ("due", item), before, after, text, item)
        case MilestoneSet() | MilestoneMoved() | MilestoneMet() | MilestoneRemoved() as change:
            yield _milestone(change)
        case RaidRaised() | RaidChanged() as change:
            yield _raid(change)
        case _:
            return


def _moved(change: StageMoved, material: Material) -> Iterator[_Step]:
    """What is blocked, and what no longer is, is told by what blocks it."""
    title = material.title(change.item)
    for new in change.hurdles.opened:
        text = f"Raised a blocker of {title}: {new.text}"
        yield _Step(Kind.HURDLE, (change.item, new.text), "", "open", text, change.item)
    for one in change.hurdles.closed:
        text = f"Cleared a blocker of {title}: {one.text}"
        yield _Step(Kind.HURDLE, (change.item, one.text), "open", "cleared", text, change.item)
    goes_on = change.before is Status.BLOCKED and change.hurdles.closed
    if change.hurdles.opened or (goes_on and change.after not in CLOSED):
        return
    why = f" ({change.note})" if change.note and change.after is Status.SKIPPED else ""
    text = f"{title}: {change.before.words} → {change.after.words}{why}"
    yield _Step(Kind.MOVE, change.item, change.before, change.after, text, change.item)


def _gate(change: TickChanged | GateAsked, material: Material) -> _Step:
    title = material.title(change.item)
    if isinstance(change, GateAsked):
        text = f"{title}: asked for its gate"
        return _Step(Kind.GATE, change.item, False, True, text, change.item)
    met = "met" if change.ticked else "no longer met"
    text = f"{title}, {met} at its gate: {change.text}"
    thing = (change.item, change.key)
    return _Step(Kind.GATE, thing, not change.ticked, change.ticked, text, change.item)


def _handed_over(change: RolesChanged, material: Material) -> Iterator[_Step]:
    """A hand-over that was accepted, for both sides of it."""
    if change.returns is not None:
        yield _Step(Kind.HAND_OVER, change.returns, False, False, "")
    if change.accepts is None:
        return
    gone = {one.holder: one.letter for one in change.ended}
    come = {one.holder: one.letter for one in change.begun}
    me = PersonHolder(material.person)
    title = material.title(change.item)
    if me in come and me not in gone:
        text = f"Took over {title}{_side(' from', gone, material)}"
    elif me in gone and me not in come:
        text = f"Handed over {title}{_side(' to', come, material)}"
    else:
        return
    yield _Step(Kind.HAND_OVER, change.accepts, False, True, text, change.item)


def _side(word: str, holders: Iterable[Holder], material: Material) -> str:
    """The one person on the other side, where there is one."""
    names = {
        material.people[one.person].name
        for one in holders
        if isinstance(one, PersonHolder) and one.person in material.people
    } - {material.people[material.person].name}
    return f"{word} {names.pop()}" if len(names) == 1 else ""


def _decided(change: DecisionKept | DecisionWithdrawn) -> _Step:
    if isinstance(change, DecisionKept):
        text, url = f"Decided: {change.text}", change.permalink
        return _Step(Kind.DECISION, change.number, "", change.number, text, change.item, url)
    number, gone = change.number, change.withdrawn
    before, after = (number, "") if gone else ("", number)
    text = f"{'Withdrew the decision' if gone else 'Decided'}: {change.text}"
    return _Step(Kind.DECISION, number, before, after, text, change.item)


def _judged(change: ScopeApproved | VerdictGiven) -> _Step:
    if isinstance(change, ScopeApproved):
        text = f"Signed off the scope (v{change.version})"
        thing = ("approved", change.version)
        return _Step(Kind.SCOPE, thing, not change.given, change.given, text)
    call = change.after
    text = f"Verdict: {call.value} ({change.reason})" if call else "Took the verdict back"
    return _Step(Kind.SCOPE, "verdict", change.before, call, text)


def _scope(change: ScopeChanged | MetricChanged | ScopeRevised) -> Iterator[_Step]:
    parts: tuple[ScopePart, ...] = change.parts if isinstance(change, ScopeRevised) else (change,)
    for part in parts:
        yield _part(part)


def _part(part: ScopePart) -> _Step:
    if isinstance(part, ScopeChanged):
        text = f"Scope: {scope.words(part.name)} is written anew"
        return _Step(Kind.SCOPE, part.name, part.before, part.after, text)
    named = part.after or part.before
    name = named.name if named else ""
    state = "taken out" if part.after is None else "new" if part.before is None else "set anew"
    text = f"Scope: the metric {name} is {state}"
    return _Step(Kind.SCOPE, ("metric", name), part.before, part.after, text)


def _milestone(
    change: MilestoneSet | MilestoneMoved | MilestoneMet | MilestoneRemoved,
) -> _Step:
    before: object
    after: object
    match change:
        case MilestoneSet(due=due, taken_back=gone):
            before, after = "", "" if gone else due
            said = f" is planned for {due.isoformat()}"
        case MilestoneMoved(before=was, after=now):
            before, after, said = was, now, f": {was.isoformat()} → {now.isoformat()}"
        case MilestoneMet(before=was, after=now):
            before, after = ("met", was), ("met", now)
            said = " is met" if now else " is not met after all"
        case MilestoneRemoved(due=due, removed=gone):
            before, after = (due, "") if gone else ("", due)
            said = " is taken out" if gone else " is planned again"
        case _:
            assert_never(change)
    thing = ("milestone", change.key)
    text = f"Milestone {change.title}{said}"
    return _Step(Kind.PLANNING, thing, before, after, text, change.item)


def _raid(change: RaidRaised | RaidChanged) -> _Step:
    of = label(change.kind, change.number)
    thing = ("raid", change.kind, change.number)
    if isinstance(change, RaidRaised):
        text = f"Raised the {change.kind.value} {of}: {change.said.text}"
        after = None if change.taken_back else change.said
        return _Step(Kind.PLANNING, thing, None, after, text, change.item)
    before, now = change.before, change.after
    verb = "Closed" if now.closed and not before.closed else "Looked after"
    text = f"{verb} the {change.kind.value} {of}: {now.text}"
    return _Step(Kind.PLANNING, thing, before, now, text, change.item)
