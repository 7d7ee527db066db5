"""A person's name, taken out of everything that was written; what happened stays.

Their row, their names elsewhere and what they wrote in standups go as a whole. In the words of
others their name gives way to "former member 7", where it is theirs alone. The lines of the record
stay, each with its place in the chain; words beside a line are replaced, and the line of the
erasure holds the digests of what they are now, so that the chain still proves them.
"""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    String,
    Table,
    Text,
    UniqueConstraint,
    cast,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlmodel import Session, SQLModel

from bot.personal import FORMER, Erasure
from storage import audit, kept_exports
from storage.belonging import rows_of
from storage.database import plainly
from storage.outbox import enclosures
from storage.statements import setting
from storage.tables import (
    AbsenceRow,
    AskingRow,
    AuditRow,
    AuditTextRow,
    ChannelMemberRow,
    ChannelRow,
    EtagRow,
    HomeRow,
    Identity,
    OutboxRow,
    PersonRow,
    StandupRow,
    UserGroupRow,
    columns,
    table_of,
)

LEFT_ALONE = frozenset(
    {"audit", "audit_texts", "people", "identities", "claims", "etags", "installations"}
)
"""Tables that have a rule of their own here, or hold no words of anybody's."""
OWN_LINES = (
    *("PersonAdded", "PersonLoaded", "PersonChanged", "PersonReached"),
    *("IdentityAdded", "IdentityChanged", "JobGiven"),
    *("ZoneSet", "RegionSet", "AbsenceSet", "AbsenceEnded"),
)
"""Lines of the record whose words are about one person's profile, and about nothing else."""
SHORTEST = 3
"""Names shorter than this are looked for nowhere but where they are known to stand."""

_PERSON = columns(PersonRow)
_NAME = columns(Identity)
_LINE = columns(AuditRow)
_WORDS = columns(AuditTextRow)


@dataclass(frozen=True, slots=True)
class Names:
    """What somebody was called, wherever it may stand, and what is to stand there. `people` are
    they, and whoever turned out to be them.
    """

    people: tuple[int, ...]
    former: str
    words: tuple[str, ...]
    slack: tuple[str, ...]

    def replaced(self, text: str) -> str:
        for account in self.slack:
            text = re.sub(rf"<@{re.escape(account)}(?:\|[^>]*)?>", self.former, text)
        if not self.words:
            return text
        names = "|".join(re.escape(word) for word in sorted(self.words, key=len, reverse=True))
        return re.sub(rf"(?<!\w)(?:{names})(?!\w)", self.former, text, flags=re.IGNORECASE)

    def everywhere(self, value: Any) -> Any:
        """The same in each text of a JSON value."""
        match value:
            case str():
                return self.replaced(value)
            case list():
                return [self.everywhere(one) for one in value]
            case {"type": "user", "user_id": str(account)} if account in self.slack:
                return {"type": "text", "text": self.former}
            case dict():
                return {key: self.everywhere(one) for key, one in value.items()}
            case _:
                return value

    def looked_for(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a column may hold one of them, also as JSON spells it."""
        lowered = func.lower(column)
        found = [word.casefold() for word in (*self.words, *self.slack)]
        spelled = {*found, *(json.dumps(word)[1:-1].lower() for word in found)}
        return or_(*(lowered.contains(word, autoescape=True) for word in sorted(spelled)))


def next_name(session: Session, workspace: int) -> str:
    """What the next one is called whose name is taken away."""
    erased = select(func.count()).where(
        _PERSON.workspace_id == workspace,
        _PERSON.erased_at.is_not(None),
        _PERSON.merged_into.is_(None),
    )
    return f"{FORMER} {plainly(session).execute(erased).scalar_one() + 1}"


def names_of(
    session: Session, workspace: int, people: tuple[int, ...], former: str
) -> tuple[Names, tuple[str, ...]]:
    """What somebody is and was called, by all accounts of theirs, and those of it that somebody
    else is called too.
    """
    plain = plainly(session)
    present = plain.execute(select(_PERSON.name).where(_PERSON.id.in_(people))).scalars()
    known = plain.execute(
        select(_NAME.kind, _NAME.value).where(_NAME.person_id.in_(people)).order_by(_NAME.id)
    ).all()
    called = {*present, *_earlier(session, workspace, people)}
    called |= {value for kind, value in known if kind != "slack"}
    others = plain.execute(
        select(_PERSON.name).where(_PERSON.workspace_id == workspace, _PERSON.id.not_in(people))
    )
    taken = {name.casefold() for name in others.scalars()}
    shared = tuple(sorted(one for one in called if one.casefold() in taken))
    own = tuple(sorted(one for one in called - set(shared) if len(one) >= SHORTEST))
    slack = tuple(value for kind, value in known if kind == "slack")
    return Names(people, former, own, slack), shared


def _earlier(session: Session, workspace: int, people: Collection[int]) -> Iterator[str]:
    """The names that somebody had, as the record tells."""
    for _, change in _own_lines(session, workspace, people):
        for told in (change, change.get("before"), change.get("after")):
            if isinstance(told, dict) and isinstance(told.get("name"), str) and told["name"]:
                yield told["name"]


def _own_lines(
    session: Session, workspace: int, people: Collection[int]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines about somebody's profile: their keys and changes."""
    wanted = (
        select(_WORDS.audit_id, _WORDS.change, _LINE.action)
        .join_from(table_of(AuditTextRow), table_of(AuditRow), _LINE.id == _WORDS.audit_id)
        .where(_LINE.workspace_id == workspace, _LINE.action.in_(OWN_LINES))
    )
    for row in plainly(session).execute(wanted).all():
        change = json.loads(row.change)
        about = set(people_in(change))
        if row.action.startswith("Person"):
            about.add(change.get("id"))
        if not about.isdisjoint(people):
            yield row.audit_id, change


def erase(
    session: Session, workspace: int, names: Names, shared: Sequence[str], seq: int
) -> tuple[Erasure, dict[str, str]]:
    """Take the names out of all that was written; `seq` is the number that the erasure's own line
    will have. Gives what was done, and the digests of the words that were replaced, by line.
    """
    standups = _standups(session, workspace, names.people)
    _accounts(session, workspace, names)
    touched: set[int] = set()
    texts = sum(
        _sweep(session, workspace, table, names, touched)
        for table in SQLModel.metadata.sorted_tables
        if table.name not in LEFT_ALONE
    )
    texts += kept_exports.rewrite(session, workspace, names.everywhere)
    digests = _lines(session, workspace, names, shared, seq)
    gone = [line for line, _ in _own_lines(session, workspace, names.people)]
    if gone:
        plainly(session).execute(delete(table_of(AuditTextRow)).where(_WORDS.audit_id.in_(gone)))
    done = Erasure(
        names.former, texts, standups, len(digests) + len(gone), tuple(shared), frozenset(touched)
    )
    return done, digests


def _standups(session: Session, workspace: int, people: Collection[int]) -> int:
    """What somebody wrote in standups, and the words of the lines that say so."""
    entry = columns(StandupRow)
    mine = (entry.workspace_id == workspace) & (entry.person_id.in_(people))
    plain = plainly(session)
    keys = list(plain.execute(select(entry.id).where(mine)).scalars())
    return forget_standups(session, workspace, keys)


def forget_standups(session: Session, workspace: int, keys: Sequence[int]) -> int:
    """Let the words of these standups go; that they were, and when, stays. Gives how many."""
    if not keys:
        return 0
    entry, plain = columns(StandupRow), plainly(session)
    nothing: dict[str, Any] = dict.fromkeys(("yesterday", "today", "blocker", "note"))
    nothing |= {name: [] for name in ("answers", "said", "withheld", "carried", "draft", "typed")}
    plain.execute(update(table_of(StandupRow)).where(entry.id.in_(keys)).values(**nothing))
    wanted = (
        select(_WORDS.audit_id, _WORDS.change)
        .join_from(table_of(AuditTextRow), table_of(AuditRow), _LINE.id == _WORDS.audit_id)
        .where(
            _LINE.workspace_id == workspace,
            _LINE.action.in_(("StandupAnswered", "StandupSkipped", "StandupNothingNew"))
            | (_LINE.action == "StandupLoaded"),
        )
    )
    known = set(keys)
    gone = [
        row.audit_id
        for row in plain.execute(wanted).all()
        if json.loads(row.change).get("id") in known
    ]
    if gone:
        plain.execute(delete(table_of(AuditTextRow)).where(_WORDS.audit_id.in_(gone)))
    return len(keys)


def forget_reports(session: Session, workspace: int, before: datetime) -> None:
    """Let go what was said of standups before then: it stands in Slack, and is edited no more."""
    said = columns(OutboxRow)
    plainly(session).execute(
        delete(table_of(OutboxRow)).where(
            said.workspace_id == workspace,
            said.key.startswith("standup/"),
            said.due_at.is_(None),
            said.created_at < before,
        )
    )


def _accounts(session: Session, workspace: int, names: Names) -> None:
    """Names elsewhere, messages to them, and where they were seen."""
    plain, said = plainly(session), columns(OutboxRow)
    plain.execute(delete(table_of(Identity)).where(_NAME.person_id.in_(names.people)))
    # A file that waits may hold their names, and cannot be looked through.
    enclosures.let_go(session, select(said.id).where(said.workspace_id == workspace))
    plain.execute(
        delete(table_of(OutboxRow)).where(
            said.workspace_id == workspace, said.channel.in_(names.slack)
        )
    )
    inside, channel = columns(ChannelMemberRow), columns(ChannelRow)
    known = select(channel.id).where(channel.workspace_id == workspace)
    plain.execute(
        delete(table_of(ChannelMemberRow)).where(
            inside.slack_id.in_(names.slack), inside.channel_id.in_(known)
        )
    )
    away = columns(AbsenceRow)
    plain.execute(delete(table_of(AbsenceRow)).where(away.person_id.in_(names.people)))
    group = columns(UserGroupRow)
    listed = select(group.id, group.users).where(group.workspace_id == workspace)
    for row in plain.execute(listed).all():
        left = [user for user in row.users if user not in names.slack]
        if left != row.users:
            plain.execute(setting(UserGroupRow, "users"), {"of": row.id, "users": left})
    asking = columns(AskingRow)
    plain.execute(delete(table_of(AskingRow)).where(asking.person_id.in_(names.people)))
    seen = columns(HomeRow)
    plain.execute(
        delete(table_of(HomeRow)).where(
            seen.workspace_id == workspace,
            or_(seen.person_id.in_(names.people), seen.slack_id.in_(names.slack)),
        )
    )
    if names.words or names.slack:
        # What other servers answered is asked again.
        plain.execute(delete(table_of(EtagRow)).where(names.looked_for(columns(EtagRow).body)))


def _sweep(session: Session, workspace: int, table: Table, names: Names, touched: set[int]) -> int:
    """Replace the names in every text of a table; gives how many rows had them."""
    texts = [column for column in table.columns if _is_text(table, column)]
    scope = rows_of(table, workspace)
    if not texts or scope is None or not (names.words or names.slack):
        return 0
    plain = plainly(session)
    found = or_(*(names.looked_for(cast(column, Text)) for column in texts))
    changed = 0
    for row in plain.execute(select(table).where(scope, found)).mappings().all():
        after = {
            column.name: new
            for column in texts
            if (new := names.everywhere(row[column.name])) != row[column.name]
        }
        if not after:
            continue
        changed += 1
        plain.execute(update(table).where(table.c.id == row["id"]).values(**after))
        project = row["id"] if table.name == "projects" else row.get("project_id")
        if project is not None:
            touched.add(project)
    return changed


SHORT_TEXTS = frozenset({"title", "text", "note", "reason", "said", "was", "finished_why"})
"""Columns without a bound that people write into, which are no `String` to SQLAlchemy; the others
of their type hold words of Charter's own.
"""


def _is_text(table: Table, column: Any) -> bool:
    """Whether somebody's words may stand there: in no key, nor in what tells rows apart."""
    is_key = column.primary_key or column.foreign_keys or column.name in {"key", "kind", "state"}
    unique = any(
        column.name in constraint.columns
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    )
    if is_key or unique:
        return False
    return isinstance(column.type, String | JSON) or column.name in SHORT_TEXTS


def _lines(
    session: Session, workspace: int, names: Names, shared: Sequence[str], seq: int
) -> dict[str, str]:
    """Replace the names among the words of the record's lines. Those that somebody else has too
    are replaced where the line is about the one who goes.
    """
    every = Names(names.people, names.former, (*names.words, *shared), names.slack)
    if not (every.words or every.slack):
        return {}
    found = or_(every.looked_for(_WORDS.summary), every.looked_for(_WORDS.change))
    wanted = (
        select(_WORDS.audit_id, _WORDS.salt, _WORDS.summary, _WORDS.change, _LINE.seq)
        .join_from(table_of(AuditTextRow), table_of(AuditRow), _LINE.id == _WORDS.audit_id)
        .where(_LINE.workspace_id == workspace, found)
        .order_by(_LINE.seq)
    )
    digests: dict[str, str] = {}
    plain = plainly(session)
    for row in plain.execute(wanted).all():
        said = json.loads(row.change)
        told = names if set(names.people).isdisjoint(people_in(said)) else every
        summary = told.replaced(row.summary)
        change = audit.canonical(told.everywhere(said))
        if (summary, change) == (row.summary, row.change):
            continue
        digests[str(row.seq)] = audit.digest(row.salt, summary, change)
        plain.execute(
            update(table_of(AuditTextRow))
            .where(_WORDS.audit_id == row.audit_id)
            .values(summary=summary, change=change, redacted_by=seq)
        )
    return digests


def people_in(value: Any) -> Iterator[int]:
    """The people whom a change is about, by id."""
    if isinstance(value, dict):
        for key, one in value.items():
            if isinstance(one, int) and (key in _ABOUT or key.endswith("_id")):
                yield one
            yield from people_in(one)
    elif isinstance(value, list):
        for one in value:
            if isinstance(one, int) and not isinstance(one, bool):
                yield one
            yield from people_in(one)


_ABOUT = frozenset({"person", "lead", "was", "old", "into", "giver", "receiver", "delegate"})
