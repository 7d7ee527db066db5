"""Queries about questions that were not answered, or not rightly. Writers hold the workspace."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row as Result
from sqlalchemy import Select, bindparam, delete, func, select, update
from sqlmodel import Session

from bot.feedback import MOST_ASKERS, MOST_OF_ONE, Audience, Settled
from bot.qa.normal import Normal
from storage.database import plainly
from storage.statements import adding, adding_for_keys
from storage.tables import AskingRow, OpenQuestionRow, columns, table_of

_IS, _BY = columns(OpenQuestionRow), columns(AskingRow)
_TABLE, _ASKINGS = table_of(OpenQuestionRow), table_of(AskingRow)


@dataclass(frozen=True, slots=True)
class Kept:
    """A question as it is kept; `project` None: of none."""

    id: int
    project: int | None
    is_own: bool
    said: str
    times: int
    opened_at: datetime
    asked_at: datetime
    tried: int
    closed_at: datetime | None
    how: str


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who asked it."""

    id: int
    question: int
    person: int
    text: str
    is_wrong: bool
    was: str
    expected: str
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """That an answer was not right, and what it came to."""

    was: str


_KEYED = select(_TABLE).where(_IS.workspace_id == bindparam("workspace"), _IS.id == bindparam("of"))
_MINE = (
    select(func.count())
    .select_from(_ASKINGS)
    .join(_TABLE, _IS.id == _BY.question_id)
    .where(
        _IS.workspace_id == bindparam("workspace"),
        _IS.closed_at.is_(None),
        _BY.person_id == bindparam("person"),
    )
)


def keep(
    session: Session,
    workspace: int,
    asked: Normal,
    of: Audience,
    person: int,
    now: datetime,
    wrong: Wrong | None = None,
) -> int | None:
    """Keep that somebody asked this; gives its number. None where they have asked so much already
    that is still open.
    """
    plain = plainly(session)
    known = plain.execute(_same(workspace, asked.form, of)).scalar()
    before = _asking(session, known, person) if known is not None else None
    if before is None:
        mine = plain.execute(_MINE, {"workspace": workspace, "person": person}).scalar_one()
        if mine >= MOST_OF_ONE:
            return None
    if known is None:
        row = {
            "workspace_id": workspace,
            "project_id": of.project,
            "is_own": of.is_own,
            "form": asked.form,
            "said": asked.said,
            "guess": asked.guess,
            "opened_at": now,
            "asked_at": now,
        }
        known = plain.execute(adding_for_keys(OpenQuestionRow), {**row, **_FRESH}).scalar_one()
    else:
        more = {"times": _IS.times + 1, "asked_at": now}
        plain.execute(update(_TABLE).where(_IS.id == known).values(**more))
    _keep_asking(session, known, before, asked.sentence, person, now, wrong)
    return int(known)


_FRESH: Mapping[str, Any] = {"times": 1, "tried": 0, "how": ""}


def _same(workspace: int, form: str, of: Audience) -> Select[Any]:
    """The open question of this form that the same ones may settle."""
    project = _IS.project_id.is_(None) if of.project is None else _IS.project_id == of.project
    return select(_IS.id).where(
        _IS.workspace_id == workspace,
        _IS.closed_at.is_(None),
        _IS.form == form,
        _IS.is_own == of.is_own,
        project,
    )


def _asking(session: Session, question: int, person: int) -> Result[Any] | None:
    mine = select(_ASKINGS).where(_BY.question_id == question, _BY.person_id == person)
    return plainly(session).execute(mine).first()


def _keep_asking(
    session: Session,
    question: int,
    before: Result[Any] | None,
    text: str,
    person: int,
    now: datetime,
    wrong: Wrong | None,
) -> None:
    plain = plainly(session)
    said: dict[str, Any] = {"text": text, "asked_at": now}
    if wrong is not None:
        said |= {"is_wrong": True, "was": wrong.was}
    if before is not None:
        plain.execute(update(_ASKINGS).where(_BY.id == before.id).values(**said))
        return
    fresh = {"is_wrong": False, "was": "", "expected": ""}
    row = {"question_id": question, "person_id": person, **fresh, **said}
    plain.execute(adding(AskingRow), row)
    late = (
        select(_BY.id)
        .where(_BY.question_id == question)
        .order_by(_BY.asked_at.desc(), _BY.id.desc())
        .offset(MOST_ASKERS)
    )
    gone = list(plain.execute(late).scalars())
    if gone:
        plain.execute(delete(_ASKINGS).where(_BY.id.in_(gone)))


def withdraw(session: Session, workspace: int, asked: Normal, of: Audience, person: int) -> None:
    """Somebody takes back that an answer was wrong; a question that nobody has then goes."""
    plain = plainly(session)
    known = plain.execute(_same(workspace, asked.form, of)).scalar()
    if known is None:
        return
    mine = (_BY.question_id == known) & (_BY.person_id == person) & _BY.is_wrong
    plain.execute(delete(_ASKINGS).where(mine))
    _drop_empty(session, workspace)


def expect(session: Session, question: int, person: int, expected: str) -> bool:
    """Keep what somebody had expected; False where they have not said that it was wrong."""
    mine = (_BY.question_id == question) & (_BY.person_id == person) & _BY.is_wrong
    told = update(_ASKINGS).where(mine).values(expected=expected).returning(_BY.id)
    return plainly(session).execute(told).first() is not None


def keyed(session: Session, workspace: int, key: int) -> Kept | None:
    row = plainly(session).execute(_KEYED, {"workspace": workspace, "of": key}).first()
    return _kept(row) if row is not None else None


def open_ones(session: Session, workspace: int) -> list[Kept]:
    """All that is open, the one that was asked last first."""
    return _found(session, workspace, _IS.closed_at.is_(None))


def listed(session: Session, workspace: int, project: int | None) -> list[Kept]:
    """What is open of a project, or (None) of none, the one that was asked most first."""
    of = _IS.project_id.is_(None) if project is None else _IS.project_id == project
    found = _found(session, workspace, _IS.closed_at.is_(None), _IS.is_own.is_(False), of)
    return sorted(found, key=lambda one: (-one.times, one.id))


def answered(session: Session, workspace: int) -> list[Kept]:
    """What is answered by now, while somebody who asked it was not told."""
    waits = select(_BY.id).where(_BY.question_id == _IS.id, _BY.told_at.is_(None)).exists()
    return _found(session, workspace, _IS.how == Settled.ANSWERED.value, waits)


def _found(session: Session, workspace: int, *which: Any) -> list[Kept]:
    wanted = select(_TABLE).where(_IS.workspace_id == workspace, *which)
    rows = plainly(session).execute(wanted.order_by(_IS.asked_at.desc(), _IS.id.desc()))
    return [_kept(row) for row in rows]


def _kept(row: Result[Any]) -> Kept:
    return Kept(
        row.id,
        row.project_id,
        row.is_own,
        row.said,
        row.times,
        row.opened_at,
        row.asked_at,
        row.tried,
        row.closed_at,
        row.how,
    )


def askings(session: Session, questions: Collection[int]) -> dict[int, list[Asking]]:
    """Who asked these, by question, whoever asked last first."""
    found: dict[int, list[Asking]] = {key: [] for key in questions}
    if not found:
        return found
    wanted = select(_ASKINGS).where(_BY.question_id.in_(found))
    for row in plainly(session).execute(wanted.order_by(_BY.asked_at.desc(), _BY.id.desc())):
        found[row.question_id].append(
            Asking(
                row.id,
                row.question_id,
                row.person_id,
                row.text,
                row.is_wrong,
                row.was,
                row.expected,
                row.told_at,
            )
        )
    return found


def tried(session: Session, questions: Sequence[int], revision: int) -> None:
    """These were asked again at that revision of the workspace."""
    if questions:
        plainly(session).execute(update(_TABLE).where(_IS.id.in_(questions)).values(tried=revision))


def close(session: Session, question: int, how: Settled, by: int | None, now: datetime) -> bool:
    """Settle an open question; False where it is settled already."""
    closed = {"closed_at": now, "closed_by": by, "how": how.value}
    wanted = update(_TABLE).where(_IS.id == question, _IS.closed_at.is_(None)).values(**closed)
    return plainly(session).execute(wanted.returning(_IS.id)).first() is not None


def reopen(session: Session, workspace: int, question: int) -> bool:
    """Let a settled question be open again. False where it is, or where it was asked anew since."""
    plain = plainly(session)
    row = plain.execute(_KEYED, {"workspace": workspace, "of": question}).first()
    if row is None or row.closed_at is None:
        return False
    of = Audience(row.project_id, row.is_own)
    if plain.execute(_same(workspace, row.form, of)).scalar() is not None:
        return False
    anew = {"closed_at": None, "closed_by": None, "how": "", "tried": 0}
    plain.execute(update(_TABLE).where(_IS.id == question).values(**anew))
    return True


def told(session: Session, keys: Sequence[int], now: datetime) -> list[int]:
    """Keep that these askings are answered to who asked; gives those that were not so before."""
    untold = _BY.id.in_(keys) & _BY.told_at.is_(None)
    said = update(_ASKINGS).where(untold).values(told_at=now).returning(_BY.id)
    return list(plainly(session).execute(said).scalars()) if keys else []


def forget(session: Session, workspace: int, before: datetime) -> None:
    """Drop what was not asked since then, and what nobody has."""
    plain = plainly(session)
    old = select(_IS.id).where(_IS.workspace_id == workspace, _IS.asked_at < before)
    plain.execute(delete(_ASKINGS).where(_BY.question_id.in_(old)))
    _drop_empty(session, workspace)


def _drop_empty(session: Session, workspace: int) -> None:
    nobody = ~select(_BY.id).where(_BY.question_id == _IS.id).exists()
    plainly(session).execute(delete(_TABLE).where(_IS.workspace_id == workspace, nobody))


def is_idle(session: Session, workspace: int) -> bool:
    """Whether nothing is kept at all."""
    some = select(_IS.id).where(_IS.workspace_id == workspace).limit(1)
    return plainly(session).execute(some).first() is None
