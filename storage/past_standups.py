"""What was said in standups, looked up again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select
from sqlmodel import Session

from bot.past_standups import OF_NONE, Sought
from bot.standups import NOTHING, QUESTIONS, Entry, SaidLine, State
from storage import standups
from storage.database import plainly
from storage.tables import StandupRow, columns, table_of

_ENTRY = columns(StandupRow)
_TOLD = (State.POSTED.value, State.NOTHING_NEW.value, State.SKIPPED.value)
_WORDS = ("yesterday", "today", "blocker", "note")
NOTE = "Note"
"""The question that what a document calls a note would have answered."""


def count(session: Session, workspace: int, sought: Sought) -> int:
    wanted = select(func.count()).select_from(table_of(StandupRow)).where(_is(workspace, sought))
    found: int = plainly(session).execute(wanted).scalar_one()
    return found


def page(session: Session, workspace: int, sought: Sought, most: int, skipped: int) -> list[Entry]:
    """The latest first, those of one day by project and in the order in which they were asked."""
    wanted = (
        select(table_of(StandupRow))
        .where(_is(workspace, sought))
        .order_by(_ENTRY.day.desc(), _ENTRY.project_id, _ENTRY.id)
        .limit(most)
        .offset(skipped)
    )
    keys = {key: number for number, key in sought.items}
    return [_entry(row, keys) for row in plainly(session).execute(wanted).mappings()]


def nearest(session: Session, workspace: int, sought: Sought) -> tuple[date | None, date | None]:
    """The last such day before the days that are sought, and the first one after them."""
    anyhow = _is(workspace, replace(sought, first=None, last=None))
    before = select(func.max(_ENTRY.day)).where(anyhow, _ENTRY.day < (sought.first or date.min))
    after = select(func.min(_ENTRY.day)).where(anyhow, _ENTRY.day > (sought.last or date.max))
    plain = plainly(session)
    return plain.execute(before).scalar(), plain.execute(after).scalar()


def _is(workspace: int, sought: Sought) -> ColumnElement[bool]:
    of = _ENTRY.project_id.in_(sought.projects)
    rules = [
        _ENTRY.workspace_id == workspace,
        or_(of, _ENTRY.project_id.is_(None)) if sought.loose else of,
        _ENTRY.state.in_(_TOLD),
    ]
    if sought.person is not None:
        rules.append(_ENTRY.person_id == sought.person)
    if sought.first is not None:
        rules.append(_ENTRY.day >= sought.first)
    if sought.last is not None:
        rules.append(_ENTRY.day <= sought.last)
    if sought.blockers:
        rules += [_is_blocked(), _ENTRY.state == State.POSTED.value]
    if sought.items:
        about = or_(*(_is_about(*one) for one in sought.items))
        rules += [about, _ENTRY.state == State.POSTED.value]
    return and_(*rules)


def _is_blocked() -> ColumnElement[bool]:
    """Whether somebody wrote what blocks them, and not only that nothing does; or ticked what did
    before.
    """
    said = func.lower(func.trim(_ENTRY.blocker, " .!"))
    lines = cast(_ENTRY.said, Text)
    carried = (lines.contains(f'"evidence": "{begun}') for begun in ("blocker/", "said/"))
    return or_(and_(_ENTRY.blocker.is_not(None), said.not_in(NOTHING)), *carried)


def _is_about(item: int, key: str) -> ColumnElement[bool]:
    """Whether a line is about an item, as JSON says it: what people wrote has its quotes escaped
    there, and is not taken for it.
    """
    said = cast(_ENTRY.said, Text)
    return or_(
        said.contains(f'"item": {item},'),
        said.contains(f'"item": {item}}}'),
        _ENTRY.blocked_item_id == item,
        _ENTRY.item_key == key,
    )


def _entry(row: Any, keys: Mapping[str, int]) -> Entry:
    """An entry; of what a document told, with its fields as answers to the usual questions."""
    entry = standups.entry_of(row)
    entry = replace(entry, project=row["project_id"] or OF_NONE)
    told = [row[name] or "" for name in _WORDS]
    if entry.answers or not any(told):
        return entry
    answers = tuple(zip((*QUESTIONS, NOTE), told, strict=True))
    item = keys.get(row["item_key"] or "")
    lines = (SaidLine(number, text, item) for number, text in enumerate(told) if text)
    return replace(entry, answers=answers, said=tuple(lines))
