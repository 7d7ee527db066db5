"""Loading what belongs to the whole workspace: its labels, ladder, people and their delegates."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from bot.document import (
    Document,
    Entry,
    Fate,
    MetaEntry,
    PersonEntry,
    known_zone,
    one_line,
    plain_entry,
)
from bot.errors import Problem
from bot.presence import Told
from storage.loading.desk import About, Desk, Present, Wish
from storage.tables import (
    AbsenceRow,
    DelegationRow,
    Identity,
    LadderRow,
    PersonRow,
    ProjectRow,
    Workspace,
)

_COLUMNS = {"admin": "is_admin", "bot": "is_bot", "standup": "in_standups"}
_ELSEWHERE = frozenset({"slack_id", "email", "identities", "absences"})


def given(entry: Entry, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What an entry says itself, by the name of the key."""
    return {name: getattr(entry, name) for name in entry.model_fields_set if name not in without}


def load_labels(desk: Desk, document: Document) -> None:
    """The document's meta: labels are added to those known, single values replace them."""
    said = {name: plain_entry(document.meta)[name] for name in document.meta.model_fields_set}
    before = plain_entry(MetaEntry()) | desk.book.workspace.meta
    after = before | {
        name: {**before.get(name, {}), **value} if isinstance(value, dict) else value
        for name, value in said.items()
    }
    values: dict[str, Any] = {}
    if after != before:
        values["meta"] = after
    if document.meta.org and document.meta.org != desk.book.workspace.name:
        values["name"] = document.meta.org
    if said:
        desk.mark("meta", "meta", Fate.CHANGED if values else Fate.UNCHANGED)
    if values:
        workspace = col(Workspace.id) == desk.workspace
        desk.session.execute(update(Workspace).where(workspace).values(**values))
        desk.tell(About("WorkspaceLoaded"), Workspace, values)


def load_ladder(desk: Desk, document: Document) -> dict[str, str]:
    """The stages that every project climbs; gives their titles by key.

    A document without `stages` means the usual ladder of an ML project. As long as a workspace has
    no project, the ladder it started with gives way to the document's.
    """
    present = {row["key"]: row for row in desk.of_workspace(LadderRow)}
    stages = document.ladder
    if not desk.of_workspace(ProjectRow):
        for key in present.keys() - {stage.key for stage in stages}:
            desk.remove(About("LadderLoaded", key=key), LadderRow, present.pop(key))
    wishes = []
    for position, stage in enumerate(stages):
        says = {**given(stage), "removed_at": None}  # one that was taken out comes back
        row = {
            "workspace_id": desk.workspace,
            "removed_at": None,
            "key": stage.key,
            "title": stage.title,
            "question": stage.question,
            "aliases": stage.aliases,
            "position": len(present) + position,
        }
        wishes.append(Wish(stage.key, row, says))
    desk.upsert("stages", "LadderLoaded", LadderRow, wishes, present)
    _reorder(desk, [stage.key for stage in stages])
    return {stage.key: stage.title for stage in stages}


def _reorder(desk: Desk, keys: list[str]) -> None:
    """Put the ladder's stages in the document's order; those it does not name come after."""
    rows = {row["key"]: row for row in desk.of_workspace(LadderRow)}
    stored = sorted(rows, key=lambda key: rows[key]["position"])
    wanted = [*keys, *(key for key in stored if key not in keys)]
    if [key for key in stored if key in keys] == keys:
        return
    for position, key in enumerate(wanted):
        if rows[key]["position"] != position:
            about = About("LadderLoaded", key=rows[key]["id"])
            desk.change(about, LadderRow, rows[key], {"position": position})
            desk.mark("stages", key, Fate.CHANGED)


def load_people(desk: Desk, document: Document) -> dict[str, int]:
    """The team; gives every person's id by key.

    Somebody whom Slack named before the document did is known by `slack_id`, and takes its key.
    """
    present = {row["key"]: row for row in desk.of_workspace(PersonRow)}
    names = {(row["kind"], row["value"]): row for row in desk.of_workspace(Identity)}
    _adopt(desk, document, present, names)
    wishes = [
        Wish(
            person.key,
            {"workspace_id": desk.workspace, **_person_columns(person)},
            _said_columns(person, present.get(person.key)),
        )
        for person in document.people
    ]
    ids = desk.upsert("people", "PersonLoaded", PersonRow, wishes, present)
    keys = {person.key: key for person, key in zip(document.people, ids, strict=True)}
    _load_names(desk, document, keys, names)
    _load_absences(desk, document, keys)
    return keys


def _load_absences(desk: Desk, document: Document, people: Mapping[str, int]) -> None:
    """Days off; those that were called off are not looked at again, nor what a status says."""

    def key(row: Any) -> tuple[Any, ...]:
        return tuple(row[name] for name in ("person_id", "first_day", "last_day", "half"))

    present = {
        key(row): row
        for row in desk.of_workspace(AbsenceRow)
        if row["ended_at"] is None and row["told"] == Told.SAID.value
    }
    wishes = []
    for person in document.people:
        for one in person.absences:
            row = {
                "workspace_id": desk.workspace,
                "person_id": people[person.key],
                "first_day": one.first_day,
                "last_day": one.last_day,
                "half": one.half,
                **desk.recorded(),
            }
            wishes.append(Wish(key(row), row, {}))
    desk.upsert("absences", "AbsenceLoaded", AbsenceRow, wishes, present)


def _person_columns(person: PersonEntry) -> dict[str, Any]:
    return {
        "key": person.key,
        "name": person.name,
        "first_name": person.called,
        "job_title": person.job_title,
        "role": person.role,
        "timezone": person.timezone,
        "active": person.active,
        "left_on": person.left_on,
        "is_bot": person.bot,
        "is_admin": person.admin,
        "is_slack_admin": False,
        "in_standups": person.standup,
        "is_outside": bool(person.company),
        "company": person.company,
        "own_zone": person.own_zone,
        "holiday_region": person.holiday_region,
    }


def _said_columns(person: PersonEntry, row: Present | None) -> dict[str, Any]:
    """What a document says of somebody. A name or zone that Slack spells as no document may is the

    same as the one that a dump has for it.
    """
    says = {_COLUMNS.get(name, name): value for name, value in given(person, _ELSEWHERE).items()}
    if "company" in says:
        says["is_outside"] = bool(says["company"])
    if row is None:
        return says
    name = one_line(row["name"], row["key"])
    dumped = {
        "name": name,
        "first_name": one_line(row["first_name"], "") or name.split()[0],
        "job_title": one_line(row["job_title"], ""),
        "timezone": known_zone(row["timezone"]),
    }
    return {name: value for name, value in says.items() if dumped.get(name, row) != value}


def _adopt(
    desk: Desk,
    document: Document,
    present: dict[str, Present],
    names: Mapping[tuple[str, str], Present],
) -> None:
    """Give people whom Slack named first the keys by which the document knows them."""
    by_id = {row["id"]: row for row in present.values()}
    wanted = {person.key for person in document.people}
    for person in document.people:
        held = names.get(("slack", person.slack_id or ""))
        if held is None or person.key in present:
            continue
        row = by_id[held["person_id"]]
        if row["key"] in wanted:
            continue
        about = About("PersonLoaded", key=row["id"])
        desk.change(about, PersonRow, row, {"key": person.key})
        desk.mark("people", person.key, Fate.CHANGED)
        del present[row["key"]]
        present[person.key] = {**row, "key": person.key}


def _load_names(
    desk: Desk,
    document: Document,
    keys: Mapping[str, int],
    names: dict[tuple[str, str], Present],
) -> None:
    """What people are called elsewhere: a name belongs to one person."""
    first: dict[tuple[int, str], Present] = {}
    for row in names.values():
        first.setdefault((row["person_id"], row["kind"]), row)
    owners = {key: name for name, key in keys.items()}
    for number, person in enumerate(document.people):
        key = keys[person.key]
        about = About("PersonLoaded", key=key)
        for where, kind, value in _said_names(person):
            held = names.get((kind, value))
            if held is not None and held["person_id"] != key:
                owner = owners.get(held["person_id"], "somebody whom the document does not name")
                path = f"people[{number}].{where}"
                desk.problems.append(Problem(path, f"'{value}' is recorded for {owner}"))
            elif held is None:
                single = first.get((key, kind)) if where in _ELSEWHERE else None
                if single is not None:
                    desk.change(about, Identity, single, {"value": value})
                else:
                    row = {"workspace_id": desk.workspace, "person_id": key}
                    desk.later(about, Identity, {**row, "kind": kind, "value": value})
                names[kind, value] = {"person_id": key}
                desk.mark("people", person.key, Fate.CHANGED)


def _said_names(person: PersonEntry) -> Iterator[tuple[str, str, str]]:
    """Where it stands, its kind and the name, of every name a person has elsewhere."""
    if person.slack_id:
        yield "slack_id", "slack", person.slack_id
    if person.email:
        yield "email", "email", person.email
    for kind, values in person.identities.items():
        for value in values:
            yield f"identities.{kind}", kind, value


_MAY_CHANGE = ("last_day", "reason")


def load_delegations(
    desk: Desk, document: Document, people: Mapping[str, int], projects: Mapping[str, int]
) -> None:
    """Who acts for whom; one that was called off is not looked at again."""
    present = {
        (row["person_id"], row["delegate_id"], row["first_day"], row["project_id"]): row
        for row in desk.of_workspace(DelegationRow)
        if row["ended_at"] is None
    }
    wishes = []
    for entry in document.delegations:
        row = {
            "workspace_id": desk.workspace,
            "person_id": people[entry.person],
            "delegate_id": people[entry.delegate],
            "first_day": entry.first_day,
            "last_day": entry.last_day,
            "project_id": projects[entry.project] if entry.project else None,
            "reason": entry.reason,
            **desk.recorded(),
        }
        key = (row["person_id"], row["delegate_id"], row["first_day"], row["project_id"])
        says = {name: value for name, value in given(entry).items() if name in _MAY_CHANGE}
        wishes.append(Wish(key, row, says))
    desk.upsert("delegations", "DelegationLoaded", DelegationRow, wishes, present)
