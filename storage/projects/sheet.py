"""The rows of projects, read and put together as values."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlmodel import Session

from bot.condition import Blocker, Finish, Light, Opinion
from bot.milestones import Forecast, Milestone
from bot.project import (
    Approval,
    Call,
    Channel,
    Gone,
    Group,
    Item,
    Kind,
    Letter,
    Metric,
    Mode,
    Project,
    Scope,
    Status,
    Verdict,
)
from bot.reviews import Review
from bot.rights import Role
from bot.scope import LISTS
from bot.upkeep import Link
from storage.database import plainly
from storage.projects.letters import assignment, last_accountable, offer
from storage.projects.raid import entries
from storage.projects.statements import OF_MANY, OF_ONE


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A project as it is, and the moment from which it may be otherwise without anybody writing."""

    project: Project
    good_until: datetime | None


class Sheet:
    """The rows of some projects, sorted by what they belong to.

    Those of the projects themselves, with their versions, are read first. Where others write in
    between, what is kept of it has the version from before, and is read again.
    """

    def __init__(self, session: Session, projects: Sequence[int], at: datetime) -> None:
        is_one = len(projects) == 1
        self._connection = plainly(session)
        self._statements = OF_ONE if is_one else OF_MANY
        self._asked = {"project": projects[0]} if is_one else {"projects": list(projects)}
        self._at = at
        self.projects = self.fetch("projects")
        self.items = self._by("items", "project_id")
        self.letters = self._by("letters", "item_id", at=at)
        self.statuses = self._by("statuses", "item_id")
        self.dues = self._by("dues", "item_id")
        self.offers = self._by("offers", "item_id")
        self.metrics = self._by("metrics", "project_id")
        self.milestones = self._by("milestones", "project_id")
        self.raid = self._by("raid", "project_id")
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
            shows_titles=row["shows_titles"],
            members=frozenset(row["number"] for row in self._few["members", key]),
            grants={row["number"]: Role(row["text"]) for row in self._few["grants", key]},
            channels=tuple(
                Channel(row["more"], row["text"], bool(row["number"]))
                for row in self._few["channels", key]
            ),
            archived_at=row["archived_at"],
            created_by=row["created_by"],
            items=items,
            scope=self._scope(row),
            template=row["template"],
            is_sample=row["is_sample"],
            opinion=next(map(_opinion, self._few["healths", key]), None),
            finish=Finish(row["finished_at"], row["finished_why"]) if row["finished_at"] else None,
            gone=tuple(self._gone(gone) for gone in self._few["gone", key]),
            milestones=_milestones(self.milestones[key]),
            raid=entries(self.raid[key]),
            review=Review(
                row["answered_at"] or row["created_at"],
                row["answered_at"] is not None,
                row["review_days"],
            ),
            version=row["version"],
            group=Group(row["group_id"], row["group_handle"]) if row["group_id"] else None,
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

    def _gone(self, row: Any) -> Gone:
        names = self._names(row["project_id"], row["id"])
        kind = Kind.STAGE if row["number"] else Kind.COMPONENT
        return Gone(row["id"], row["more"], kind, row["text"], names, row["at"])

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
            due_moves=_moves(due["due"] for due in dues if due["due"]),
            updated=status["since"] if status else None,
            moved_by=status["set_by"] if status else None,
            assignments=present,
            last_accountable=last_accountable(held, present, self._at),
            accountable=tuple(one for one in held if one.letter is Letter.A and not one.is_void),
            offer=next((offer(row) for row in self.offers.get(key, ())), None),
            blockers=tuple(
                Blocker(one["id"], one["text"], one["other"], one["at"])
                for one in self._few["blockers", row["project_id"]]
                if one["number"] == key
            ),
            version=row["version"],
        )

    def _links(self, key: int) -> Iterator[Link]:
        kept = {row["text"]: row for row in self._few["documents", key]}
        for row in self._few["links", key]:
            of = kept.get(row["more"])
            upkeep = (of["day"], of["more"]) if of else ()
            yield Link(row["text"], row["more"], *upkeep)

    def _scope(self, row: Any) -> Scope:
        key = row["id"]
        fields = {row["text"]: row["more"] for row in self._few["fields", key]}
        lists = {name: tuple(fields.pop(name, "").splitlines()) for name in LISTS}
        return Scope(
            fields=fields,
            in_scope=lists["in_scope"],
            out_of_scope=lists["out_of_scope"],
            metrics=tuple(_metric(row) for row in self.metrics[key]),
            stakeholders=tuple(row["number"] for row in self._few["stakeholders", key]),
            links=tuple(self._links(key)),
            version=row["scope_version"],
            changed_at=row["scope_changed_at"],
            approval=_approval(row),
            verdict=_verdict(row),
        )


def _moves(dues: Iterable[date]) -> int:
    """How often it was given another day; to be without one for a while is no day."""
    return max(0, sum(1 for _ in groupby(dues)) - 1)


def _approval(row: Any) -> Approval | None:
    if row["signed_version"] is None:
        return None
    return Approval(
        row["signed_version"], row["signed_fingerprint"], row["signed_by"], row["signed_at"]
    )


def _verdict(row: Any) -> Verdict | None:
    if row["verdict"] is None:
        return None
    return Verdict(
        Call(row["verdict"]), row["verdict_reason"], row["verdict_by"], row["verdict_at"]
    )


def _opinion(row: Any) -> Opinion:
    return Opinion(Light(row["text"]), row["more"], row["number"], row["at"])


def _milestones(rows: Iterable[Any]) -> tuple[Milestone, ...]:
    """Milestones from their forecasts, which stand together in their order."""
    found: list[Milestone] = []
    for _, told in groupby(rows, key=lambda row: row["id"]):
        lines = list(told)
        first = lines[0]
        forecasts = (
            Forecast(row["due"], row["reason"], row["set_by"], row["recorded_at"]) for row in lines
        )
        found.append(
            Milestone(
                first["id"],
                first["key"],
                first["title"],
                first["item_id"],
                first["baseline"],
                tuple(forecasts),
                first["met_on"],
                removed=first["removed_at"] is not None,
            )
        )
    return tuple(found)


def _metric(row: Any) -> Metric:
    return Metric(
        name=row["name"],
        aliases=tuple(row["aliases"]),
        higher=row["higher"],
        unit=row["unit"],
        baseline=row["baseline"],
        target=row["target"],
        current=row["current"],
        updated=row["updated"],
        measured=row["measured"],
    )
