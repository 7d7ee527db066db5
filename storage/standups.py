"""Standups as they are set, and what became of each person's day.

Setting one and answering are charter data, which the ledger writes; that somebody was asked is what
the clock did, and is written here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, String, and_, cast, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from bot.people import Surface
from bot.project import Group
from bot.standups import Carried, Entry, Plan, SaidLine, State, Typed, Withheld, in_document, tagged
from storage.database import plainly
from storage.tables import StandupPlanRow, StandupRow, UserGroupRow, columns, table_of

_PLAN = columns(StandupPlanRow)
_ENTRY = columns(StandupRow)
_GROUP = columns(UserGroupRow)
_CARRIED: TypeAdapter[tuple[Carried, ...]] = TypeAdapter(tuple[Carried, ...])
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan that holds: its number, who set it (None: the operator), since when.

    `grouped` are Slack's ids of those who are in its user group, None where Slack tells of none.
    """

    id: int
    plan: Plan
    set_by: int | None
    since: datetime | None
    grouped: frozenset[str] | None = None


def standing(session: Session, project: int) -> Standing | None:
    """The project's standup as it is set now."""
    return standing_in(session, [project]).get(project)


def standing_in(session: Session, projects: Sequence[int]) -> dict[int, Standing]:
    """The standups of those of these projects that have one."""
    plan, group = table_of(StandupPlanRow), table_of(UserGroupRow)
    same = and_(_GROUP.workspace_id == _PLAN.workspace_id, _GROUP.slack_id == _PLAN.group_id)
    wanted = (
        select(*_PLAN, _GROUP.users)
        .select_from(plan.outerjoin(group, same))
        .where(_PLAN.project_id.in_(projects), _PLAN.until.is_(None))
    )
    found = plainly(session).execute(wanted).mappings()
    return {row["project_id"]: _standing(row) for row in found}


def _standing(row: Any) -> Standing:
    plan = Plan(
        questions=tuple(row["questions"]),
        days=frozenset(row["days"]),
        at=time.fromisoformat(row["at"]),
        zone=row["zone"],
        report_at=time.fromisoformat(row["report_at"]),
        channel=row["channel"],
        people=tuple(row["people"]),
        by_stage=row["by_stage"],
        closes_at=time.fromisoformat(row["closes_at"]) if row["closes_at"] else None,
        reminds=row["reminds"],
        group=Group(row["group_id"], row["group_handle"]) if row["group_id"] else None,
    )
    grouped = None if row["users"] is None else frozenset(row["users"])
    return Standing(row["id"], plan, row["set_by"], row["since"], grouped)


# What became of each day


def _entries() -> Select[*tuple[Any, ...]]:
    return select(*_ENTRY).order_by(_ENTRY.id)


def of_day(session: Session, project: int, day: date) -> list[Entry]:
    wanted = _entries().where(_ENTRY.project_id == project, _ENTRY.day == day)
    return [entry_of(row) for row in plainly(session).execute(wanted).mappings()]


def entry(session: Session, workspace: int, key: int) -> Entry | None:
    """One that Charter asked for."""
    wanted = _entries().where(
        _ENTRY.workspace_id == workspace, _ENTRY.id == key, _ENTRY.asked_at.is_not(None)
    )
    row = plainly(session).execute(wanted).mappings().first()
    return None if row is None else entry_of(row)


def of_person(session: Session, person: int, day: date) -> list[Entry]:
    """What Charter asked somebody on a day of theirs, in the order in which it did."""
    wanted = _entries().where(
        _ENTRY.person_id == person, _ENTRY.day == day, _ENTRY.asked_at.is_not(None)
    )
    return [entry_of(row) for row in plainly(session).execute(wanted).mappings()]


def open_of(session: Session, person: int, days: Sequence[date]) -> list[Entry]:
    """What somebody was asked on these days and has not answered, the latest first."""
    wanted = (
        select(*_ENTRY)
        .where(
            _ENTRY.person_id == person,
            _ENTRY.day.in_(days),
            _ENTRY.state == State.ASKED.value,
            _ENTRY.asked_at.is_not(None),
        )
        .order_by(_ENTRY.asked_at.desc(), _ENTRY.id)
    )
    return [entry_of(row) for row in plainly(session).execute(wanted).mappings()]


def unanswered(session: Session, project: int, since: date) -> list[Entry]:
    """What people were asked for a project from a day on and have not answered."""
    wanted = _entries().where(
        _ENTRY.project_id == project,
        _ENTRY.day >= since,
        _ENTRY.state == State.ASKED.value,
        _ENTRY.asked_at.is_not(None),
    )
    return [entry_of(row) for row in plainly(session).execute(wanted).mappings()]


def ask(
    session: Session,
    workspace: int,
    project: int,
    person: int,
    day: date,
    questions: Sequence[str],
    due: datetime,
    now: datetime,
) -> Entry | None:
    """Write down that somebody is asked, who was to be at `due`; None where they were, that day,
    already.
    """
    plain = plainly(session)
    row = {
        "workspace_id": workspace,
        "project_id": project,
        "person_id": person,
        "day": day,
        "state": State.ASKED.value,
        "answers": [[question, ""] for question in questions],
        "asked_at": now,
        "due_at": due,
        "recorded_at": now,
        "set_by": None,
        "source": Surface.CLOCK.value,
    }
    said = _INSERT[plain.dialect.name](table_of(StandupRow)).values(row)
    once = said.on_conflict_do_nothing(index_elements=["person_id", "day", "project_id"])
    made = plain.execute(once.returning(*_ENTRY)).mappings().first()
    return None if made is None else entry_of(made)


def is_asked(session: Session, project: int, person: int, day: date) -> bool:
    """Whether somebody has an entry of that day."""
    wanted = select(_ENTRY.id).where(
        _ENTRY.person_id == person, _ENTRY.day == day, _ENTRY.project_id == project
    )
    return plainly(session).execute(wanted).first() is not None


def columns_of(said: Entry) -> dict[str, Any]:
    """What an answer is written as: all of it, and what a document can tell of it."""
    return {
        "state": said.state.value,
        "answers": [list(pair) for pair in said.answers],
        "posted_at": said.posted_at,
        "blocked_item_id": said.blocked_item,
        "said": [_line(one) for one in said.said],
        "carried": _CARRIED.dump_python(said.carried, mode="json", exclude_defaults=True),
        **in_document(said.told if said.state is State.POSTED else ()),
    }


def _line(said: SaidLine) -> dict[str, Any]:
    """A line as it is kept: what it does not have is left out."""
    kept: dict[str, Any] = {"question": said.question, "text": said.text, "item": said.item}
    return kept | {
        name: value for name, value in (("evidence", said.evidence), ("url", said.url)) if value
    }


def withhold(session: Session, entry: int, lines: Sequence[Withheld]) -> None:
    """Keep, for whoever wrote them alone, the lines of an answer that are told nowhere.

    Not by the ledger: the record of a project is read by others.
    """
    kept = [{"question": one.question, "text": one.text, "project": one.project} for one in lines]
    plainly(session).execute(
        update(table_of(StandupRow)).where(_ENTRY.id == entry).values(withheld=kept)
    )


def draft(session: Session, entry: int, answers: Sequence[str], now: datetime) -> None:
    """Keep what somebody has begun to answer; nothing of it is told before they are through."""
    kept = {"draft": list(answers), "drafted_at": now if answers else None}
    plainly(session).execute(update(table_of(StandupRow)).where(_ENTRY.id == entry).values(**kept))


def keep_typed(session: Session, entry: int, typed: Sequence[Typed]) -> None:
    """Keep in which direct messages somebody has answered."""
    kept = [{"ts": one.ts, "question": one.question} for one in typed]
    plainly(session).execute(
        update(table_of(StandupRow)).where(_ENTRY.id == entry).values(typed=kept)
    )


def typed_in(session: Session, person: int, ts: str) -> Entry | None:
    """What somebody answered in a direct message; the first, where that were several."""
    wanted = _entries().where(
        _ENTRY.person_id == person, cast(_ENTRY.typed, String).contains(ts, autoescape=True)
    )
    found = map(entry_of, plainly(session).execute(wanted).mappings())
    return next((one for one in found if any(typed.ts == ts for typed in one.typed)), None)


def forget_drafts(session: Session, workspace: int, before: datetime) -> None:
    """Let go what was begun before then and never sent."""
    plainly(session).execute(
        update(table_of(StandupRow))
        .where(_ENTRY.workspace_id == workspace, _ENTRY.drafted_at < before)
        .values(draft=[], drafted_at=None)
    )


def entry_of(row: Any) -> Entry:
    """One as its row tells it."""
    answers = tuple((question, answer) for question, answer in row["answers"])
    return Entry(
        id=row["id"],
        project=row["project_id"],
        person=row["person_id"],
        day=row["day"],
        state=State(row["state"]),
        answers=answers,
        asked_at=row["asked_at"],
        due_at=row["due_at"],
        posted_at=row["posted_at"],
        blocked_item=row["blocked_item_id"],
        said=tuple(SaidLine(**line) for line in row["said"])
        or tagged([answer for _, answer in answers], {}),
        withheld=tuple(Withheld(**line) for line in row["withheld"]),
        carried=_CARRIED.validate_python(row["carried"]),
        draft=tuple(row["draft"]),
        drafted_at=row["drafted_at"],
        typed=tuple(Typed(**one) for one in row["typed"]),
    )


def told_of(session: Session, project: int, keys: Sequence[str], besides: int) -> set[str]:
    """Those of these blockers from before of which somebody has been told by a standup of the
    project already; `besides` is the entry that does not count.
    """
    kept = cast(_ENTRY.carried, String)
    named = or_(*(kept.contains(f'"{key}"', autoescape=True) for key in keys))
    wanted = select(_ENTRY.carried).where(_ENTRY.project_id == project, _ENTRY.id != besides, named)
    found = (_CARRIED.validate_python(one) for one in plainly(session).execute(wanted).scalars())
    return {one.key for some in found for one in some if one.told} & {*keys}


def last_day(session: Session, project: int, before: date) -> date | None:
    """The last day before that one on which somebody was asked."""
    wanted = select(func.max(_ENTRY.day)).where(
        _ENTRY.project_id == project, _ENTRY.day < before, _ENTRY.asked_at.is_not(None)
    )
    found: date | None = plainly(session).execute(wanted).scalar()
    return found


@dataclass(frozen=True, slots=True)
class Past:
    """What somebody's standup of a project goes on from: the last one in which they said
    something, when they answered last, and when they were asked next, if they were.
    """

    said: Entry | None = None
    answered_at: datetime | None = None
    next_asked: datetime | None = None


_ANSWERED = (State.POSTED.value, State.NOTHING_NEW.value)


def past(session: Session, person: int, days: Mapping[int, date]) -> dict[int, Past]:
    """The past of the standups of these days, by their projects."""
    if not days:
        return {}
    plain = plainly(session)
    before = or_(*(and_(_ENTRY.project_id == key, _ENTRY.day < day) for key, day in days.items()))
    after = or_(*(and_(_ENTRY.project_id == key, _ENTRY.day > day) for key, day in days.items()))
    mine, was_asked = _ENTRY.person_id == person, _ENTRY.asked_at.is_not(None)
    newest = func.row_number().over(
        partition_by=(_ENTRY.project_id, _ENTRY.state), order_by=_ENTRY.day.desc()
    )
    numbered = (
        select(*_ENTRY, newest.label("newest"))
        .where(mine, was_asked, _ENTRY.state.in_(_ANSWERED), before)
        .subquery()
    )
    found: dict[int, list[Entry]] = {}
    for row in plain.execute(select(numbered).where(numbered.c.newest == 1)).mappings():
        found.setdefault(row["project_id"], []).append(entry_of(row))
    asked = (
        select(_ENTRY.project_id, func.min(_ENTRY.asked_at))
        .where(mine, was_asked, after)
        .group_by(_ENTRY.project_id)
    )
    following = {row[0]: row[1] for row in plain.execute(asked)}
    return {key: _past(found.get(key, ()), following.get(key)) for key in days}


def _past(entries: Sequence[Entry], next_asked: datetime | None) -> Past:
    said = next((one for one in entries if one.state is State.POSTED), None)
    last = max(entries, key=lambda one: one.day, default=None)
    return Past(said, last.posted_at if last else None, next_asked)
