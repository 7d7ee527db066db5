"""Queries about projects: one project as a snapshot at a moment, and names for the index.

Statements are built once: building one costs more than running it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, or_, select
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
    ScopeRow,
    StakeholderRow,
    StatusRow,
    columns,
    table_of,
)

SCOPE_LISTS = ("in_scope", "out_of_scope")


_IDS: BindParameter[Any] = bindparam("projects", expanding=True)
_AT = bindparam("at", type_=UtcDateTime())
_LETTER = columns(AssignmentRow)
_BOUND = columns(BindingRow)
_CHANNEL = columns(ChannelRow)


def _rows(model: type[SQLModel], *also: Any, order: str = "id") -> Select[*tuple[Any, ...]]:
    """All columns of the rows that belong to the projects asked for."""
    found = columns(model)
    return select(*found).where(found.project_id.in_(_IDS), *also).order_by(found[order])


def _present(model: type[Dated]) -> Select[*tuple[Any, ...]]:
    """Rows that are open-ended; only letters may end or begin in the future."""
    return _rows(model, columns(model).until.is_(None))


_PROJECT = columns(ProjectRow)
_PROJECTS = select(*_PROJECT).where(_PROJECT.id.in_(_IDS)).order_by(_PROJECT.id)
_ITEMS = _rows(ItemRow, order="position")
_LETTERS = _rows(
    AssignmentRow,
    or_(_LETTER.until.is_(None), _LETTER.until > _AT, _LETTER.letter == "A"),
)
_STATUSES = _present(StatusRow)
_DUES = _rows(DueRow)
_ALIASES = _present(AliasRow)
_MEMBERS = _rows(MemberRow)
_FIELDS = _present(ScopeRow)
_METRICS = _present(MetricRow)
_LINKS = _present(LinkRow)
_STAKEHOLDERS = _present(StakeholderRow)
_CHANNELS = (
    select(_BOUND.project_id, _CHANNEL.slack_id, _CHANNEL.name, _CHANNEL.is_private)
    .join_from(table_of(BindingRow), table_of(ChannelRow), _CHANNEL.id == _BOUND.channel_id)
    .where(_BOUND.project_id.in_(_IDS), _BOUND.until.is_(None))
    .order_by(_BOUND.id)
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A project as it is, and the moment from which it may be otherwise without anybody writing."""

    project: Project
    good_until: datetime | None


def read(session: Session, projects: Sequence[int], at: datetime) -> dict[int, Snapshot]:
    """Projects by id, as they are at `at` (aware)."""
    if not projects:
        return {}
    sheet = _Sheet(session, {"projects": list(projects)}, at)
    return {row["id"]: sheet.project(row) for row in sheet.fetch(_PROJECTS)}


def one(session: Session, project: int, at: datetime) -> Project | None:
    found = read(session, [project], at).get(project)
    return found.project if found else None


class _Sheet:
    """The rows of some projects, sorted by what they belong to."""

    def __init__(self, session: Session, asked: dict[str, Any], at: datetime) -> None:
        self._connection = plainly(session)
        self._asked = asked
        self._at = at
        self.items = self._by(_ITEMS, "project_id")
        self.letters = self._by(_LETTERS, "item_id", at=at)
        self.statuses = self._by(_STATUSES, "item_id")
        self.dues = self._by(_DUES, "item_id")
        self.aliases = self._by(_ALIASES, "project_id")
        self.members = self._by(_MEMBERS, "project_id")
        self.fields = self._by(_FIELDS, "project_id")
        self.metrics = self._by(_METRICS, "project_id")
        self.links = self._by(_LINKS, "project_id")
        self.stakeholders = self._by(_STAKEHOLDERS, "project_id")
        self.channels = self._by(_CHANNELS, "project_id")

    def fetch(self, statement: Select[*tuple[Any, ...]], **also: Any) -> Iterable[Any]:
        return self._connection.execute(statement, self._asked | also).mappings().all()

    def _by(
        self, statement: Select[*tuple[Any, ...]], key: str, **also: Any
    ) -> dict[int, list[Any]]:
        sorted_out: dict[int, list[Any]] = defaultdict(list)
        for row in self.fetch(statement, **also):
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
            members=frozenset(member["person_id"] for member in self.members[key]),
            channels=tuple(
                Channel(bound["slack_id"], bound["name"], bound["is_private"])
                for bound in self.channels[key]
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
        return tuple(row["text"] for row in self.aliases[project] if row["item_id"] == item)

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
            and letter.until
            and letter.until <= self._at
            and isinstance(letter.holder, PersonHolder)
        ]
        return max(ended, key=lambda letter: (letter.until, letter.id), default=None)

    def _scope(self, key: int) -> Scope:
        fields = {row["name"]: row["value"] for row in self.fields[key]}
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
                for row in sorted(self.metrics[key], key=lambda row: row["position"])
            ),
            stakeholders=tuple(
                row["person_id"]
                for row in sorted(self.stakeholders[key], key=lambda row: row["position"])
            ),
            links=tuple(
                Link(row["title"], row["url"])
                for row in sorted(self.links[key], key=lambda row: row["position"])
            ),
        )


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
