"""The same letters in two sheets of one file: the list, and the matrix."""

from collections.abc import Sequence
from dataclasses import replace

from bot.imports.base import Place
from bot.imports.edits import Edit, Seat
from bot.imports.faults import Fault, Slip


def joined(listed: Sequence[Edit], shown: Sequence[Edit]) -> tuple[list[Edit], list[Fault]]:
    """The edits of the list and those of the matrix, each once; where they contradict each other
    neither, and a fault that names both cells.
    """
    by_was = {edit.was.key: at for at, edit in enumerate(listed) if edit.was is not None}
    given = {(one.place, one.seat) for edit in listed for one in edit.targets}
    there = {(one.place, one.seat) for edit in shown for one in edit.targets}
    edits: dict[int, Edit] = dict(enumerate(listed))
    faults: list[Fault] = []
    more: list[Edit] = []
    for edit in shown:
        new = tuple(one for one in edit.targets if (one.place, one.seat) not in given)
        at = by_was.get(edit.was.key) if edit.was is not None else None
        if at is None:
            if new or edit.was is not None:
                more.append(replace(edit, targets=new))
            continue
        other = listed[at]
        if _differ(other, edit, there):
            edits.pop(at, None)
            facts = {"where": f"{other.sheet}!{other.cell}"}
            faults.append(Fault(edit.sheet, edit.cell, Slip.SAID_TWICE, facts))
        elif new:
            more.append(replace(edit, was=None, targets=new))
    return [*edits.values(), *more], faults


def _differ(listed: Edit, shown: Edit, there: set[tuple[Place, Seat]]) -> bool:
    """Whether the list has something else in a letter's place than the matrix, which takes it
    away: it still stands in the list, or goes to somebody there who has it not in the matrix,
    although this gives the letter to somebody, too.
    """
    if listed.stays:
        return True
    others = {one.letter for one in listed.targets if (one.place, one.seat) not in there}
    given = {seat[0] for place, seat in there if place == shown.place}
    return bool(others & given) or bool(others and shown.targets)
