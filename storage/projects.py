"""Queries about projects: one project as a snapshot at a moment, and names for the index.

Statements are built once: building one costs more than running it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    Executable,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlmodel import Session, SQLModel

from bot.project import (
    Assignment,
    Channel,
    Group,
    Holder,
    Item,
    Kind,
    Letter,
    Link,
    Metric,
    Mode,
    PersonHolder,
    Project,
    Scope,
    Status,
    Vacancy,
)
from storage.columns import UtcDateTime
from storage.database import plainly
from storage.tables import (
    AliasRow,
    AssignmentRow,
    BindingRow,
    ChannelRow,
    Dated,
    DueRow,
    ItemRow,
    LinkRow,
    MemberRow,
    MetricRow,
    ProjectRow,
    Row,
    ScopeRow,
    StakeholderRow,
    StatusRow,
    columns,
    table_of,
)

SCOPE_LISTS = ("in_scope", "out_of_scope")

Statement = Select[*tuple[Any, ...]]
Of = Callable[[Column[Any]], ColumnElement[bool]]
"""Which projects a row must belong to, told of its column."""


def _rows(of: Of, model: type[SQLModel], names: str, *also: Any, order: str = "id") -> Statement:
    """These columns, and no more: what is not asked for need not be turned into values."""
    found = columns(model)
    wanted = [found[name] for name in names.split()]
    return select(*wanted).where(of(found.project_id), *also).order_by(found[order], found.id)


def _present(of: Of, model: type[Dated], names: str, order: str = "id") -> Statement:
    """Rows that are open-ended; only letters may end or begin in the future."""
    return _rows(of, model, names, columns(model).until.is_(None), order=order)


def _projects(of: Of) -> Statement:
    found = columns(ProjectRow)
    return select(*found).where(of(found.id)).order_by(found.id)


def _letters(of: Of) -> Statement:
    """Those that hold, or will, or (of the Accountable) did."""
    held = columns(AssignmentRow)
    counts = or_(
        held.until.is_(None),
        held.until > bindparam("at", type_=UtcDateTime()),
        held.letter == Letter.A.value,
    )
    holder = "person_id group_id group_handle vacant_role requisition"
    dated = "since until recorded_at set_by source"
    return _rows(of, AssignmentRow, f"id item_id letter {holder} {dated}", counts)


def _few(
    of: Of, what: str, model: type[Row], number: str = "", text: str = "", more: str = ""
) -> Statement:
    """Rows of which a project has few, all in one form: at most a number and two texts."""
    found = columns(model)

    def told(name: str, kind: type[Integer | Text]) -> ColumnElement[Any]:
        return found[name] if name else cast(null(), kind)

    return select(
        literal_column(f"'{what}'", Text).label("what"),
        found.project_id.label("project_id"),
        found.id.label("id"),
        (found.position if "position" in found else literal_column("0")).label("position"),
        told(number, Integer).label("number"),
        told(text, Text).label("text"),
        told(more, Text).label("more"),
    ).where(of(found.project_id), *([found.until.is_(None)] if "until" in found else []))


def _channels(of: Of) -> Statement:
    bound, channel = columns(BindingRow), columns(ChannelRow)
    return (
        select(
            literal_column("'channels'", Text),
            bound.project_id,
            bound.id,
            literal_column("0"),
            cast(channel.is_private, Integer),
            channel.name,
            channel.slack_id,
        )
        .join_from(table_of(BindingRow), table_of(ChannelRow), channel.id == bound.channel_id)
        .where(of(bound.project_id), bound.until.is_(None))
    )


def _all_few(of: Of) -> CompoundSelect[*tuple[Any, ...]]:
    """What would else be six questions to the database, most of them answered with nothing."""
    return union_all(
        _few(of, "aliases", AliasRow, number="item_id", text="text"),
        _few(of, "members", MemberRow, number="person_id"),
        _few(of, "fields", ScopeRow, text="name", more="value"),
        _few(of, "links", LinkRow, text="title", more="url"),
        _few(of, "stakeholders", StakeholderRow, number="person_id"),
        _channels(of),
    ).order_by("position", "id")


def _statements(of: Of) -> dict[str, Executable]:
    item = "id project_id key kind title parent_key inherits_raci version"
    metric = "project_id name aliases higher unit baseline target current updated"
    return {
        "projects": _projects(of),
        "items": _rows(of, ItemRow, item, order="position"),
        "letters": _letters(of),
        "statuses": _present(of, StatusRow, "item_id status note since"),
        "dues": _rows(of, DueRow, "item_id due"),
        "metrics": _present(of, MetricRow, metric, order="position"),
        "few": _all_few(of),
    }


# For one project, which is asked for most, an equation is quicker than a list of one.
_OF_ONE = _statements(lambda column: column == bindparam("project"))
_OF_MANY = _statements(lambda column: column.in_(bindparam("projects", expanding=True)))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A project as it is, and the moment from which it may be otherwise without anybody writing."""

    project: Project
    good_until: datetime | None


def read(session: Session, projects: Sequence[int], at: datetime) -> dict[int, Snapshot]:
    """Projects by id, as they are at `at` (aware)."""
    if not projects:
        return {}
    sheet = _Sheet(session, projects, at)
    return {row["id"]: sheet.project(row) for row in sheet.fetch("projects")}


def one(session: Session, project: int, at: datetime) -> Project | None:
    found = read(session, [project], at).get(project)
    return found.project if found else None


def keyed(session: Session, workspace: int, key: str, at: datetime) -> Project:
    """The project of that key, which must exist."""
    row = columns(ProjectRow)
    found = select(row.id).where(row.workspace_id == workspace, row.key == key)
    project = one(session, session.execute(found).scalar_one(), at)
    assert project is not None
    return project


class _Sheet:
    """The rows of some projects, sorted by what they belong to."""

    def __init__(self, session: Session, projects: Sequence[int], at: datetime) -> None:
        is_one = len(projects) == 1
        self._connection = plainly(session)
        self._statements = _OF_ONE if is_one else _OF_MANY
        self._asked = {"project": projects[0]} if is_one else {"projects": list(projects)}
        self._at = at
        self.items = self._by("items", "project_id")
        self.letters = self._by("letters", "item_id", at=at)
        self.statuses = self._by("statuses", "item_id")
        self.dues = self._by("dues", "item_id")
        self.metrics = self._by("metrics", "project_id")
        self._few: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for row in self.fetch("few"):
            self._few[row["what"], row["project_id"]].append(row)

    def fetch(self, what: str, **also: Any) -> Iterable[Any]:
        return self._connection.execute(self._statements[what], self._asked | also).mappings().all()

    def _by(self, what: str, key: str, **also: Any) -> dict[int, list[Any]]:
        sorted_out: dict[int, list[Any]] = defaultdict(list)
        for row in self.fetch(what, **also):
            sorted_out[row[key]].append(row)
        return sorted_out

    def project(self, row: Any) -> Snapshot:
        key = row["id"]
        items = tuple(self._item(item) for item in self.items[key])
        project = Project(
            id=key,
            key=row["key"],
            name=row["name"],
            aliases=self._names(key, None),
            lead=row["lead_id"],
            mode=Mode(row["mode"]),
            private=row["private"],
            members=frozenset(row["number"] for row in self._few["members", key]),
            channels=tuple(
                Channel(row["more"], row["text"], bool(row["number"]))
                for row in self._few["channels", key]
            ),
            archived_at=row["archived_at"],
            created_by=row["created_by"],
            items=items,
            scope=self._scope(key),
            version=row["version"],
        )
        turns = (
            moment
            for item in self.items[key]
            for letter in self.letters[item["id"]]
            for moment in (letter["since"], letter["until"])
            if moment is not None and moment > self._at
        )
        return Snapshot(project, min(turns, default=None))

    def _names(self, project: int, item: int | None) -> tuple[str, ...]:
        rows = self._few["aliases", project]
        return tuple(row["text"] for row in rows if row["number"] == item)

    def _item(self, row: Any) -> Item:
        key = row["id"]
        held = [assignment(letter) for letter in self.letters[key]]
        present = tuple(letter for letter in held if letter.holds_at(self._at))
        status = self.statuses[key][-1] if self.statuses[key] else None
        dues = self.dues[key]
        return Item(
            id=key,
            key=row["key"],
            kind=Kind(row["kind"]),
            title=row["title"],
            aliases=self._names(row["project_id"], key),
            parent=row["parent_key"],
            inherits_raci=row["inherits_raci"],
            status=Status(status["status"]) if status else Status.NOT_STARTED,
            note=status["note"] if status else None,
            due=dues[-1]["due"] if dues else None,
            baseline_due=next((due["due"] for due in dues if due["due"]), None),
            updated=status["since"].date() if status and status["since"] else None,
            assignments=present,
            last_accountable=self._last(held, present),
            accountable=tuple(one for one in held if one.letter is Letter.A and not _is_void(one)),
            version=row["version"],
        )

    def _last(self, held: list[Assignment], present: tuple[Assignment, ...]) -> Assignment | None:
        """The Accountable that ended last, where there is none (or only a vacant seat) now."""
        if any(
            letter.letter is Letter.A and not isinstance(letter.holder, Vacancy)
            for letter in present
        ):
            return None
        ended = [
            letter
            for letter in held
            if letter.letter is Letter.A
            and not _is_void(letter)
            and letter.until
            and letter.until <= self._at
            and isinstance(letter.holder, PersonHolder)
        ]
        return max(ended, key=lambda letter: (letter.until, letter.id), default=None)

    def _scope(self, key: int) -> Scope:
        fields = {row["text"]: row["more"] for row in self._few["fields", key]}
        lists = {name: tuple(fields.pop(name, "").splitlines()) for name in SCOPE_LISTS}
        return Scope(
            fields=fields,
            in_scope=lists["in_scope"],
            out_of_scope=lists["out_of_scope"],
            metrics=tuple(
                Metric(
                    name=row["name"],
                    aliases=tuple(row["aliases"]),
                    higher=row["higher"],
                    unit=row["unit"],
                    baseline=row["baseline"],
                    target=row["target"],
                    current=row["current"],
                    updated=row["updated"],
                )
                for row in self.metrics[key]
            ),
            stakeholders=tuple(row["number"] for row in self._few["stakeholders", key]),
            links=tuple(Link(row["text"], row["more"]) for row in self._few["links", key]),
        )


def _is_void(letter: Assignment) -> bool:
    """Whether it never held: it was taken back, or gave way before it began."""
    return letter.since is not None and letter.since == letter.until


def assignment(row: Any) -> Assignment:
    """An assignment's row as a value."""
    return Assignment(
        id=row["id"],
        letter=Letter(row["letter"]),
        holder=_holder(row),
        since=row["since"],
        until=row["until"],
        recorded_at=row["recorded_at"],
        set_by=row["set_by"],
        source=row["source"],
    )


def _holder(row: Any) -> Holder:
    if row["person_id"] is not None:
        return PersonHolder(row["person_id"])
    if row["group_id"] is not None:
        return Group(row["group_id"], row["group_handle"] or "")
    return Vacancy(row["vacant_role"] or "", row["requisition"])
