"""Loading where items stand: status, blocker, due date, and the names of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.changes import DueMoved, StageMoved
from bot.document import ComponentEntry, Fate, StateEntry, midnight
from bot.project import Kind, Status
from bot.telling import summary
from storage.loading.blockers import Blockers
from storage.loading.desk import About, Desk, Present
from storage.tables import AliasRow, DueRow, Row, StatusRow

ItemKey = tuple[str, str]
"""A project's key and an item's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A stage or a component of the document, and where it stands there."""

    project: str
    key: str
    kind: Kind
    title: str
    parent: str | None
    said: StateEntry | ComponentEntry
    path: str

    @property
    def of(self) -> ItemKey:
        return self.project, self.key

    def says(self, name: str) -> bool:
        return name in self.said.model_fields_set


class States:
    """Where the items of some projects stand, against what the document says of them."""

    def __init__(
        self,
        desk: Desk,
        projects: Mapping[str, int],
        keys: Mapping[ItemKey, int],
        told: frozenset[ItemKey],
    ) -> None:
        """`told` are the items whose blockers the document lists by themselves."""
        self._desk = desk
        self._told = told
        self._projects = projects
        self._keys = keys
        self._statuses = self._latest(StatusRow)
        self._dues = self._latest(DueRow)
        self._blockers = Blockers(desk, projects.values())
        self._aliases = {
            (row["item_id"], row["text"])
            for rows in desk.of_projects(AliasRow, projects.values(), present=True).values()
            for row in rows
        }

    def _latest(self, model: type[StatusRow | DueRow]) -> dict[int, Present]:
        rows = self._desk.of_projects(model, self._projects.values(), present=True).values()
        return {row["item_id"]: row for held in rows for row in held}

    def load(self, entries: Iterable[Entry], present: Mapping[ItemKey, Present]) -> None:
        for entry in entries:
            is_new = entry.of not in present
            self._load_status(entry, is_new)
            self._load_due(entry, is_new)
            for alias in entry.said.aliases:
                if (self._keys[entry.of], alias) not in self._aliases:
                    dated = self._desk.begun(self._projects[entry.project])
                    self._write(entry, AliasRow, {"text": alias, **dated})

    def _load_status(self, entry: Entry, is_new: bool) -> None:
        said, held = entry.said, self._statuses.get(self._keys[entry.of])
        before = Status(held["status"]) if held else Status.NOT_STARTED
        before_note = held["note"] if held else None
        status = said.status if is_new or entry.says("status") else before
        note = said.blocker if is_new or entry.says("blocker") else before_note
        if (status, note) == (before, before_note) and not _is_news(said.updated, held):
            return
        since = self._since(said.updated, held, is_new)
        if held is not None:
            about = self._about(entry)
            self._desk.change(about, StatusRow, held, {"until": since})
            moved = StageMoved(
                about.project or 0, about.item or 0, before, before_note, status, note
            )
            self._desk.sum_up(about, summary(moved, {}))
        row = {"status": status.value, "note": note, **self._desk.recorded()}
        self._write(entry, StatusRow, {**row, "since": since, "until": None})
        if entry.of not in self._told or status is not Status.BLOCKED:
            self._blockers.follow(self._about(entry), status, note, since)

    def _since(self, updated: date | None, held: Present | None, is_new: bool) -> datetime | None:
        """Since when a status holds: the day it was updated, unless the record has a later one."""
        if is_new and updated is None:
            return None
        if updated is not None:
            start = midnight(updated)
            if held is None or held["since"] is None or start >= held["since"]:
                return start
        return self._desk.now

    def _load_due(self, entry: Entry, is_new: bool) -> None:
        said, held = entry.said, self._dues.get(self._keys[entry.of])
        before = held["due"] if held else None
        about, now = self._about(entry), self._desk.now
        row = {**self._desk.recorded(), "until": None}
        if is_new and said.baseline_due and said.baseline_due != said.due:
            first = {**row, "due": said.baseline_due, "since": None, "until": now}
            self._write(entry, DueRow, first)
            self._write(entry, DueRow, {**row, "due": said.due, "since": now})
        elif is_new and said.due:
            self._write(entry, DueRow, {**row, "due": said.due, "since": None})
        elif not is_new and entry.says("due") and said.due != before:
            if held is not None:
                self._desk.end(about, DueRow, held)
                moved = DueMoved(about.project or 0, about.item or 0, before, said.due)
                self._desk.sum_up(about, summary(moved, {}))
            self._write(entry, DueRow, {**row, "due": said.due, "since": now})

    def _about(self, entry: Entry) -> About:
        return About("ItemLoaded", self._projects[entry.project], self._keys[entry.of])

    def _write(self, entry: Entry, model: type[Row], row: dict[str, Any]) -> None:
        about = self._about(entry)
        whole = {"project_id": about.project, "item_id": about.item, **row}
        self._desk.later(about, model, whole)
        self._desk.mark("items", entry.of, Fate.CHANGED)


def _is_news(updated: date | None, held: Present | None) -> bool:
    """Whether a status was confirmed on a later day than the record has."""
    if updated is None:
        return False
    return held is None or held["since"] is None or updated > held["since"].date()
