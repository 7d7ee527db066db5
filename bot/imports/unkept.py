"""Columns of an export that time alone changes: whether somebody wrote into them follows from what
is kept of it.
"""

from collections.abc import Iterator, Sequence

from bot.exports.raid import OPEN, PAST
from bot.imports.base import Base, Place, plain
from bot.imports.exported import Line, Table
from bot.imports.faults import Fault, Slip
from bot.project import Letter

NOBODY = "nobody"
STATE = "State"
_OPEN = frozenset({OPEN, PAST})


def unkept(table: Table, line: Line, key: str, base: Base) -> Iterator[Fault]:
    """The cells of a row that were edited all the same, with where that is said instead."""
    if table.name == "Stages" and "Accountable" in table.heads:
        told = plain(line.cells.get("Accountable"))
        holders = _accountable(key, base)
        if not _names(told, holders):
            facts = {"base": " or ".join(holders)}
            facts |= {"head": "Accountable", "how": "write who it shall be in the sheet RACI"}
            where = table.cell(line.number, "Accountable")
            yield Fault(table.sheet, where, Slip.ELSEWHERE, facts)
    if table.name == "Risks" and STATE in table.heads:
        told, states = plain(line.cells.get(STATE)), _states(key, base)
        if told not in states:
            facts = {"head": STATE, "base": " or ".join(sorted(states))}
            facts["how"] = "close, open or withdraw it in Slack"
            where = table.cell(line.number, STATE)
            yield Fault(table.sheet, where, Slip.ELSEWHERE, facts)


def _accountable(key: str, base: Base) -> tuple[str, ...]:
    """Who may have been named: a component may have taken the letters of its stage."""
    project, _, item = key.partition("/")
    own, stage = _holding((project, item), base), base.stage_of(key)
    if own or stage == (project, item):
        return own or (NOBODY,)
    return (*_holding(stage, base), NOBODY)


def _holding(place: Place, base: Base) -> tuple[str, ...]:
    return tuple(was.person for was in base.by_place.get(place, ()) if was.letter is Letter.A)


def _names(told: str, holders: Sequence[str]) -> bool:
    """Whether it is one of them, with whatever is said besides of them: that they are away, or
    have offered it to somebody.
    """
    return any(
        told in ("", NOBODY) if holder == NOBODY else holder.partition(" (")[0] in told
        for holder in holders
    )


def _states(key: str, base: Base) -> frozenset[str]:
    """What may have stood there. Exports of before the state was kept tell it by the reason: what
    is closed has one, and so may what was opened again; a decision may be withdrawn without.
    """
    row = base.tables["Risks"][key]
    if STATE in row:
        return _OPEN if row[STATE] == OPEN else frozenset({row[STATE]})
    if row["Kind"] == "decision":
        return frozenset({"withdrawn"} if row["Why"] else {"holds", "withdrawn"})
    return _OPEN | {"closed"} if row["Why"] else _OPEN
