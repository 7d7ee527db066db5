"""What a gate asks for, and who says that it is so."""

from collections.abc import Sequence

from bot.changes import CriterionChanged, GateAsked, TickChanged
from bot.deciding.projects import refuse_archived
from bot.deciding.texts import LONGEST_NOTE, checked_line, checked_text, fresh_key
from bot.errors import NotFound, Refused, Why
from bot.gates import USUAL, Check, Gate, Knows, criteria, is_own_work, lacking
from bot.project import Item, Project
from bot.spelling import folded

MOST_CRITERIA = 20


def add_criterion(project: Project, item: Item, gate: Gate, text: str) -> CriterionChanged:
    """Something more that must be so; one of the usual that was taken away comes back."""
    refuse_archived(project)
    text = checked_line(text, "criterion")
    present = criteria(item, gate)
    if any(folded(text) == folded(one.text) for one in present):
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    for one in USUAL.get(item.key, ()):
        if one not in present and folded(text) in (folded(one.text), folded(one.key)):
            return CriterionChanged(
                project.id, item.id, one.key, one.text, added=True, is_usual=True
            )
    if len(present) >= MOST_CRITERIA:
        facts = {"field": "criteria", "length": str(len(present) + 1), "longest": "20"}
        raise Refused(Why.TOO_MANY, facts)
    return CriterionChanged(
        project.id, item.id, fresh_key(text, _taken(gate), "criterion"), text, added=True
    )


def _taken(gate: Gate) -> set[str]:
    """Keys that mean something already, or did when somebody ticked them."""
    usual = {one.key for each in USUAL.values() for one in each}
    return usual | {one.key for one in gate.own} | {tick.key for tick in gate.ticks}


def remove_criterion(project: Project, item: Item, gate: Gate, ref: str) -> CriterionChanged:
    refuse_archived(project)
    one = criterion(item, criteria_checks(item, gate), ref).criterion
    return CriterionChanged(
        project.id, item.id, one.key, one.text, added=False, is_usual=one.is_usual
    )


def criteria_checks(item: Item, gate: Gate) -> tuple[Check, ...]:
    """The criteria of a gate where it does not matter whether they are met."""
    return tuple(Check(one, is_met=False) for one in criteria(item, gate))


def criterion(item: Item, found: Sequence[Check], ref: str) -> Check:
    """The criterion that `ref` names: by its text, its key, its number, or how it begins."""
    wanted = folded(ref)
    if wanted.isdecimal() and 1 <= int(wanted) <= len(found):
        return found[int(wanted) - 1]
    named = [one for one in found if wanted in (folded(one.criterion.text), one.criterion.key)]
    named = named or [one for one in found if folded(one.criterion.text).startswith(wanted)]
    if wanted and len(named) == 1:
        return named[0]
    raise NotFound("criterion", ref, tuple(one.criterion.text for one in found)[:5])


def tick(
    project: Project, item: Item, check: Check, *, ticked: bool, note: str, by: int | None
) -> TickChanged:
    """Say that a criterion is met, or is not. What the record tells by itself nobody ticks."""
    refuse_archived(project)
    one = check.criterion
    if one.knows is not Knows.TICK:
        raise Refused(Why.NOT_TICKED, {"text": one.text, "item": item.title})
    if check.is_met is ticked:
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    note = checked_text(note, LONGEST_NOTE, "note") if note.strip() else ""
    is_self = ticked and is_own_work(project, item, by)
    return TickChanged(project.id, item.id, one.key, one.text, ticked, note, is_self)


def ask(project: Project, item: Item, found: Sequence[Check], note: str) -> GateAsked:
    """Ask for what is missing. `Refused` where nothing is."""
    refuse_archived(project)
    if not lacking(tuple(found)):
        raise Refused(Why.GATE_OPEN, {"item": item.title})
    note = checked_text(note, LONGEST_NOTE, "note") if note.strip() else ""
    return GateAsked(project.id, item.id, note)
