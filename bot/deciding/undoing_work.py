"""How each change of the work of a project is taken back."""

from dataclasses import replace

from bot.changes import (
    BlockerHanded,
    CriterionChanged,
    DueMoved,
    GateAsked,
    GateChange,
    HealthChange,
    Hurdles,
    ItemAdded,
    ItemRemoved,
    ItemRenamed,
    ItemsOrdered,
    LadderChange,
    ProjectFinished,
    StageChange,
    TickChanged,
    WorkChange,
)
from bot.condition import Blocker
from bot.project import Item


def reverse_work(change: WorkChange, item: Item | None) -> WorkChange | None:
    if isinstance(change, StageChange):
        return _stage_reversed(change, item)
    if isinstance(change, GateChange):
        return _gate_reversed(change)
    if isinstance(change, HealthChange):
        return _health_reversed(change)
    return _ladder_reversed(change, item)


def _stage_reversed(change: StageChange, item: Item | None) -> StageChange:
    if isinstance(change, DueMoved):
        return replace(change, before=change.after, after=change.before, taken_back=True)
    if isinstance(change, BlockerHanded):
        return replace(change, before=change.after, after=change.before)
    return replace(
        change,
        before=change.after,
        before_note=change.note,
        after=change.before,
        note=change.before_note,
        hurdles=_hurdles_reversed(change.hurdles, item.blockers if item else ()),
        passed=(),
    )


def _hurdles_reversed(hurdles: Hurdles, present: tuple[Blocker, ...]) -> Hurdles:
    """What was opened is withdrawn, what was resolved is open again, and as old as it was."""
    opened = {one.text for one in hurdles.opened}
    return Hurdles(
        withdrawn=tuple(one for one in present if one.text in opened), reopened=hurdles.closed
    )


def _gate_reversed(change: GateChange) -> GateChange | None:
    match change:
        case CriterionChanged():
            return replace(change, added=not change.added)
        case TickChanged():
            return replace(change, ticked=not change.ticked, taken_back=True)
        case GateAsked():
            return None


def _health_reversed(change: HealthChange) -> HealthChange:
    if isinstance(change, ProjectFinished):
        return replace(change, finished=not change.finished)
    return replace(
        change,
        before=change.after,
        before_reason=change.reason,
        after=change.before,
        reason=change.before_reason,
    )


def _ladder_reversed(change: LadderChange, item: Item | None) -> LadderChange | None:
    match change:
        case ItemAdded():
            if item is None:
                return None
            return ItemRemoved(change.project, item.id, item.title, item.assignments)
        case ItemRemoved():
            return replace(change, back=not change.back)
        case ItemRenamed(before=before, after=after):
            return replace(
                change,
                before=after,
                after=before,
                named=change.unnamed,
                unnamed=change.named,
            )
        case ItemsOrdered():
            return replace(change, before=change.after, after=change.before, ahead_of="")
