"""Facts from a workspace document, and the scoring of a question file, for tests of the engine."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.document import midnight
from bot.people import Delegation, Person
from bot.project import (
    Assignment,
    Holder,
    Item,
    Kind,
    Letter,
    Mode,
    PersonHolder,
    Project,
    Status,
    Vacancy,
)
from bot.qa.evidence import Known
from bot.qa.facts import Facts, Stage, in_memory
from tests.bot.qa.told import known, scope_of

Document = Mapping[str, Any]
_Row = tuple[str, str, tuple[str, ...], Kind, str | None, Document]


def read(path: Path) -> Document:
    document: Document = json.loads(path.read_text(encoding="utf-8"))
    return document


@dataclass(frozen=True, slots=True)
class World:
    """A document turned into values: what the storage layer does with one, without a database."""

    now: datetime
    ladder: tuple[Stage, ...]
    people: tuple[Person, ...]
    projects: tuple[Project, ...]
    delegations: tuple[Delegation, ...]
    evidence: Known
    _asked: dict[int | None, Facts] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> "World":
        people = tuple(_person(number, row) for number, row in enumerate(document["people"], 1))
        ids = {person.key: person.id for person in people}
        ladder = tuple(
            Stage(row["key"], row["title"], tuple(row.get("aliases", ())))
            for row in document["stages"]
        )
        projects = tuple(
            _project(number, row, document, ids)
            for number, row in enumerate(document["projects"], 1)
        )
        delegations = tuple(
            Delegation(
                ids[row["person"]],
                ids[row["delegate"]],
                date.fromisoformat(row["from"]),
                date.fromisoformat(row["until"]),
            )
            for row in document.get("delegations", ())
        )
        now = _moment(document["meta"]["now"])
        keyed = {project.key: project.id for project in projects}
        evidence = replace(
            known(document, ids, keyed),
            held={item.id: item.assignments for one in projects for item in one.items},
            stood_in=delegations,
        )
        return cls(now, ladder, people, projects, delegations, evidence)

    def person(self, key: str) -> Person:
        return next(person for person in self.people if person.key == key)

    def project(self, key: str) -> Project:
        return next(project for project in self.projects if project.key == key)

    def facts(self, asker: str | None = None, channel: str | None = None) -> Facts:
        """One question's facts: as `asker` sees the world, in the channel of a project."""
        who = self.person(asker) if asker else None
        number = who.id if who else None
        if number not in self._asked:
            self._asked[number] = in_memory(
                self.projects,
                self.people,
                self.ladder,
                now=self.now,
                asker=who,
                delegations=self.delegations,
                evidence=self.evidence,
            )
        here = (self.project(channel).id,) if channel else ()
        return replace(self._asked[number], channel_projects=here)

    def keys(self, people: Iterable[int]) -> set[str]:
        named = {person.id: person.key for person in self.people}
        return {named[number] for number in people}


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _person(number: int, row: Document) -> Person:
    return Person(
        id=number,
        key=row["key"],
        name=row["name"],
        first_name=row["first_name"],
        job_title=row.get("job_title", ""),
        role=row.get("role", ""),
        timezone=row.get("timezone", "UTC"),
        slack_id=row.get("slack_id"),
        email=row.get("email"),
        active=row.get("active", True),
        left_on=_day(row.get("left_on")),
        is_admin=row.get("admin", False),
        in_standups=row.get("standup", False),
    )


def _project(number: int, row: Document, document: Document, ids: Mapping[str, int]) -> Project:
    stages: list[_Row] = [
        (
            stage["key"],
            stage["title"],
            tuple(stage.get("aliases", ())),
            Kind.STAGE,
            None,
            _standing(row["stages"], stage["key"]),
        )
        for stage in document["stages"]
        if stage["key"] in row["stages"]
    ]
    components = [
        (
            part["key"],
            part["title"],
            tuple(part.get("aliases", ())),
            Kind.COMPONENT,
            part["stage"],
            part,
        )
        for part in row["components"]
    ]
    items = tuple(
        Item(
            id=number * 1_000 + place,
            key=key,
            kind=kind,
            title=title,
            aliases=aliases,
            parent=parent,
            inherits_raci=part.get("inherits_raci", False),
            status=Status(part.get("status", "not_started")),
            note=part.get("blocker"),
            due=_day(part.get("due")),
            updated=midnight(date.fromisoformat(part["updated"])) if part.get("updated") else None,
            assignments=_assignments(row["key"], key, document, ids),
        )
        for place, (key, title, aliases, kind, parent, part) in enumerate([*stages, *components])
    )
    return Project(
        id=number,
        key=row["key"],
        name=row["name"],
        aliases=tuple(row.get("aliases", ())),
        lead=ids.get(row.get("lead") or ""),
        mode=Mode(row.get("mode", "team")),
        private=row.get("private", False),
        members=frozenset(ids[key] for key in row.get("members", ())),
        scope=scope_of(row, ids),
        archived_at=_moment(row["archived"]) if row.get("archived") else None,
        items=items,
    )


def _standing(stages: Any, key: str) -> Document:
    """Where a stage stands, in documents that tell of it."""
    told = stages[key] if isinstance(stages, Mapping) else {}
    return told if isinstance(told, Mapping) else {}


def _assignments(
    project: str, item: str, document: Document, ids: Mapping[str, int]
) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(
            id=number,
            letter=Letter(row["raci"]),
            holder=_holder(row, ids),
            since=_moment(row["since"]) if row.get("since") else None,
            until=None,
            recorded_at=_moment(document["meta"]["now"]),
            set_by=ids.get(row.get("set_by") or ""),
            source="load",
        )
        for number, row in enumerate(document["assignments"], 1)
        if row["project"] == project and row["item"] == item
    )


def _holder(row: Document, ids: Mapping[str, int]) -> Holder:
    if row["person"]:
        return PersonHolder(ids[row["person"]])
    return Vacancy(row["vacant_role"], row.get("requisition"))
