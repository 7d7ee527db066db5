"""Where a load gathers what it writes: rows in bulk, and one audit line for each thing touched."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import delete, insert, select, update

from bot.document.report import Fate, LoadReport, Tally
from bot.errors import Problem
from storage.ledger import Book
from storage.tables import DelegationRow, ItemRow, PersonRow, ProjectRow, Row, table_of

CHUNK: Final = 500
"""Keys asked for in one query."""

_UNSAID: Final = frozenset({"workspace_id", "recorded_at", "set_by", "source", "version"})
"""Columns that an audit line has already, or that say nothing."""

Present = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class About:
    """What an audit line is about: a project or an item of it, or (by `key`) something else."""

    action: str
    project: int | None = None
    item: int | None = None
    key: Hashable = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A row as the document wants it: `values` for a new one, `given` for one that is there."""

    key: Hashable
    values: dict[str, Any]
    given: dict[str, Any]


@dataclass(slots=True)
class _Line:
    words: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    summary: list[str] = field(default_factory=list)


class Desk:
    """One load, while it is under way."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.session = book.session
        self.now = book.now
        self.workspace = book.workspace_id
        self.problems: list[Problem] = []
        self.new_projects: set[int] = set()
        self.new_items: set[int] = set()
        self.hidden: frozenset[int] = frozenset()
        self._recorded = book.recorded()
        self._waiting: dict[type[Row], list[dict[str, Any]]] = defaultdict(list)
        self._lines: dict[About, _Line] = defaultdict(_Line)
        self._fates: dict[str, dict[Hashable, Fate]] = defaultdict(dict)

    # --- reading ---

    def of_workspace(self, model: type[Row]) -> list[Present]:
        """A table's rows of this workspace, oldest first. What keeps the standup of a user group is
        no project of a document.
        """
        table = table_of(model)
        found = select(table).where(table.c.workspace_id == self.workspace).order_by(table.c.id)
        if model is ProjectRow:
            found = found.where(table.c.group_id.is_(None))
        return list(self.session.execute(found).mappings())

    def of_people(self, model: type[Row]) -> list[Present]:
        """A table's rows about people of this workspace."""
        table, people = table_of(model), table_of(PersonRow)
        found = select(table).join(people, people.c.id == table.c.person_id)
        found = found.where(people.c.workspace_id == self.workspace).order_by(table.c.id)
        return list(self.session.execute(found).mappings())

    def of_projects(
        self, model: type[Row], projects: Iterable[int], *, present: bool = False
    ) -> dict[int, list[Present]]:
        """A table's rows by project, oldest first; `present`: those that have not ended.

        Projects that this load made have none.
        """
        table = table_of(model)
        keys = [key for key in projects if key not in self.new_projects]
        rows: dict[int, list[Present]] = defaultdict(list)
        for start in range(0, len(keys), CHUNK):
            found = select(table).where(table.c.project_id.in_(keys[start : start + CHUNK]))
            if present:
                found = found.where(table.c.until.is_(None))
            for row in self.session.execute(found.order_by(table.c.id)).mappings():
                rows[row["project_id"]].append(row)
        return rows

    def row(self, model: type[Row], key: int) -> Present:
        table = table_of(model)
        return self.session.execute(select(table).where(table.c.id == key)).mappings().one()

    # --- writing ---

    def begun(self, project: int) -> dict[str, Any]:
        """The columns of a dated row that begins: before the record for a project that is new."""
        since = None if project in self.new_projects else self.now
        return {"since": since, "until": None, **self._recorded}

    def recorded(self) -> dict[str, Any]:
        return self._recorded

    def insert(self, model: type[Row], rows: Sequence[dict[str, Any]]) -> list[int]:
        """Add rows at once; gives their keys in order."""
        if not rows:
            return []
        table = table_of(model)
        statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return list(self.session.execute(statement, rows).scalars())

    def later(self, about: About, model: type[Row], row: dict[str, Any]) -> None:
        """Add a row when the load ends; all rows of a table have the same columns."""
        self._waiting[model].append(row)
        self.tell(about, model, row)

    def change(
        self, about: About, model: type[Row], row: Present, values: Mapping[str, Any]
    ) -> None:
        """Change columns of a row that is there."""
        table = table_of(model)
        self.session.execute(update(table).where(table.c.id == row["id"]).values(**values))
        before = {name: row[name] for name in values}
        words = {"id": row["id"], "before": before, "after": dict(values)}
        self._line(about).words[table.name].append(words)

    def end(self, about: About, model: type[Row], row: Present) -> None:
        """End a dated row now; nothing of it is lost."""
        self.change(about, model, row, {"until": self.now})

    def remove(self, about: About, model: type[Row], row: Present) -> None:
        """Take away a row that nothing refers to."""
        table = table_of(model)
        self.session.execute(delete(table).where(table.c.id == row["id"]))
        self._line(about).words[table.name].append({"removed": dict(row)})

    def upsert(
        self, part: str, action: str, model: type[Row], wishes: Sequence[Wish], present: Any
    ) -> list[int]:
        """Bring rows to what a document wants; `present` are those there, by the wishes' keys.

        Gives the rows' keys in the wishes' order.
        """
        new = [wish for wish in wishes if wish.key not in present]
        made = dict(
            zip(
                (wish.key for wish in new),
                self.insert(model, [wish.values for wish in new]),
                strict=True,
            )
        )
        for wish in wishes:
            if wish.key in made:
                about = self._about(action, model, made[wish.key], wish.values)
                self.tell(about, model, {"id": made[wish.key], **wish.values})
                self.mark(part, wish.key, Fate.CREATED)
                continue
            row = present[wish.key]
            values = {name: value for name, value in wish.given.items() if row[name] != value}
            self.mark(part, wish.key, Fate.CHANGED if values else Fate.UNCHANGED)
            if values:
                self.change(self._about(action, model, row["id"], row), model, row, values)
        return [made[wish.key] if wish.key in made else present[wish.key]["id"] for wish in wishes]

    def _about(self, action: str, model: type[Row], key: int, row: Mapping[str, Any]) -> About:
        if model is ProjectRow:
            return About("ProjectLoaded", key)
        if model is ItemRow:
            return About(action, row["project_id"], key)
        if model is DelegationRow:  # the workspace's, also one that is for a project
            return About(action, key=key)
        project = row.get("project_id")
        return About(action, project, key=None if project is not None else key)

    def tell(self, about: About, model: type[Row], row: Mapping[str, Any]) -> None:
        """Say in an audit line what was written."""
        said = {
            name: value
            for name, value in row.items()
            if value is not None and value != "" and name not in _UNSAID
        }
        self._line(about).words[str(model.__tablename__)].append(said)

    def sum_up(self, about: About, summary: str) -> None:
        """Say in an audit line, in plain words, what was done."""
        self._line(about).summary.append(summary)

    def _line(self, about: About) -> _Line:
        if about.project in self.new_projects:
            about = About("ProjectLoaded", about.project)
        return self._lines[about]

    def mark(self, part: str, key: Hashable, fate: Fate) -> None:
        """Note what became of an entry; what was made or changed once stays so."""
        fates = self._fates[part]
        if key not in fates or (fates[key] is Fate.UNCHANGED and fate is not Fate.UNCHANGED):
            fates[key] = fate

    def finish(self) -> LoadReport:
        """Write what waits, and the audit lines."""
        for model, rows in self._waiting.items():
            self.session.execute(insert(table_of(model)), rows)
        for about, line in self._lines.items():
            summary = "; ".join(line.summary) or "loaded from a document"
            self.book.note(
                about.action, line.words, summary, project=about.project, item=about.item
            )
        return LoadReport(self.workspace, {part: _tally(f) for part, f in self._fates.items()})


def _tally(fates: Mapping[Hashable, Fate]) -> Tally:
    found = list(fates.values())
    return Tally(*(found.count(fate) for fate in Fate))
