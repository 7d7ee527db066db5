"""Do the parts of a document fit together? Keys that stand twice, and references to nothing.

This reads the raw JSON, not the models, so that a fault of shape in one place hides no fault of
reference in another. What has the wrong shape is passed over here: the models name it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from bot.document.planning import plan_problems
from bot.document.seats import seat_problems
from bot.errors import Problem
from bot.stages import LADDER

Raw = dict[str, Any]


@dataclass(slots=True)
class Known:
    """The keys that a document defines."""

    people: set[str] = field(default_factory=set)
    ladder: list[str] = field(default_factory=list)
    items: dict[str, set[str]] = field(default_factory=dict)

    def everywhere(self) -> set[str]:
        return set(self.ladder).union(*self.items.values())


def reference_problems(raw: Raw) -> Iterator[Problem]:
    """Every fault of reference in a document, in the document's order."""
    known = Known(
        people=set(_keys(rows(raw, "people"))),
        ladder=_keys(rows(raw, "stages")) if "stages" in raw else [rung.key for rung in LADDER],
        items={},
    )
    for _, project in rows(raw, "projects"):
        if isinstance(key := project.get("key"), str):
            known.items.setdefault(key, set()).update(_items(project, known.ladder))
    yield from _twice(rows(raw, "stages"), "key")
    yield from _people(rows(raw, "people"))
    yield from _twice(rows(raw, "projects"), "key")
    for path, project in rows(raw, "projects"):
        yield from _project(path, project, known)
    yield from _assignments(rows(raw, "assignments"), known)
    yield from _evidence(raw, known)
    yield from _history(rows(raw, "history"), known)
    yield from _delegations(rows(raw, "delegations"), known)


def rows(raw: Raw, name: str, path: str = "") -> list[tuple[str, Raw]]:
    """The objects of a list, each with its path."""
    entries = raw.get(name)
    start = f"{path}.{name}" if path else name
    if not isinstance(entries, list):
        return []
    return [(f"{start}[{n}]", row) for n, row in enumerate(entries) if isinstance(row, dict)]


def _object(raw: Raw, name: str) -> Raw:
    value = raw.get(name)
    return value if isinstance(value, dict) else {}


def _texts(raw: Raw, name: str) -> list[tuple[int, str]]:
    values = raw.get(name)
    if not isinstance(values, list):
        return []
    return [(n, value) for n, value in enumerate(values) if isinstance(value, str)]


def _keys(found: Iterable[tuple[str, Raw]]) -> list[str]:
    return [row["key"] for _, row in found if isinstance(row.get("key"), str)]


def _items(project: Raw, ladder: list[str]) -> list[str]:
    """The items of a project: its stages (without `stages`: the whole ladder) and components."""
    stages = project.get("stages", dict.fromkeys(ladder))
    named = list(stages) if isinstance(stages, dict) else ladder
    gone = _keys(rows(_object(project, "work"), "removed"))
    return [*named, *_keys(rows(project, "components")), *gone]


def _twice(found: Iterable[tuple[str, Raw]], *names: str, fold: bool = False) -> Iterator[Problem]:
    """Rows that share the values of these columns with an earlier row."""
    first: dict[tuple[Any, ...], str] = {}
    for path, row in found:
        values = tuple(row.get(name) for name in names)
        if not all(isinstance(value, str | int) for value in values):
            continue
        if fold:
            values = tuple(str(value).strip().casefold() for value in values)
        if values in first:
            what = " and ".join(names)
            yield Problem(f"{path}.{names[0]}", f"has the {what} of {first[values]}")
        else:
            first[values] = path


def _people(found: list[tuple[str, Raw]]) -> Iterator[Problem]:
    yield from _twice(found, "key")
    first: dict[tuple[str, str], str] = {}
    for path, person in found:
        for where, kind, value in _identities(person):
            named = first.setdefault((kind, value), path)
            if named != path:
                yield Problem(f"{path}.{where}", f"'{value}' belongs to {named} already")
        yield from _absences(path, person)


def _absences(path: str, person: Raw) -> Iterator[Problem]:
    said = person.get("absences")
    found = [
        (f"{path}.absences[{n}]", {"half": "day"} | one)
        for n, one in enumerate(said if isinstance(said, list) else ())
        if isinstance(one, dict)
    ]
    yield from _twice(found, "from", "until", "half")
    for at, row in found:
        yield from _in_order(at, row)


def _identities(person: Raw) -> Iterator[tuple[str, str, str]]:
    """Where it stands, its kind, and the name itself, of every name a person has elsewhere."""
    for name, kind in (("slack_id", "slack"), ("email", "email")):
        if isinstance(value := person.get(name), str):
            yield name, kind, value.strip().casefold() if kind == "email" else value
    for kind, values in _object(person, "identities").items():
        for value in [values] if isinstance(values, str) else values:
            if isinstance(value, str):
                yield f"identities.{kind}", kind, value.strip()


def _project(path: str, project: Raw, known: Known) -> Iterator[Problem]:
    yield from _person(path, project, "lead", known)
    for n, key in _texts(project, "members"):
        yield from _unknown(f"{path}.members[{n}]", "person", key, known.people)
    scope = _object(project, "scope")
    for n, key in _texts(scope, "stakeholders"):
        yield from _unknown(f"{path}.scope.stakeholders[{n}]", "person", key, known.people)
    yield from _person(f"{path}.scope", scope, "sponsor_person", known)
    yield from _twice(rows(scope, "success_metrics", f"{path}.scope"), "name", fold=True)
    yield from _twice(rows(scope, "links", f"{path}.scope"), "title", fold=True)
    items = set(_items(project, known.ladder))
    for at, link in rows(scope, "links", f"{path}.scope"):
        if isinstance(item := link.get("item"), str):
            yield from _unknown(f"{at}.item", "stage or component", item, items)
    yield from _stages(path, project, known)
    yield from _components(path, project, known)
    yield from _work(path, project, known)
    yield from plan_problems(path, project, items, known.people)


def _work(path: str, project: Raw, known: Known) -> Iterator[Problem]:
    """The items and people that blockers, criteria, ticks and health name."""
    work, where = _object(project, "work"), f"{path}.work"
    items = set(_items(project, known.ladder))
    for part, person in (("blockers", "owner"), ("criteria", ""), ("ticks", "by")):
        for at, row in rows(work, part, where):
            if isinstance(item := row.get("item"), str):
                yield from _unknown(f"{at}.item", "stage or component", item, items)
            yield from _person(at, row, person, known)
    yield from _person(f"{where}.health", _object(work, "health"), "by", known)
    yield from _twice(rows(work, "criteria", where), "item", "key")
    yield from _twice(rows(work, "removed", where), "key")


def _stages(path: str, project: Raw, known: Known) -> Iterator[Problem]:
    for key, state in _object(project, "stages").items():
        if key not in known.ladder and not (isinstance(state, dict) and state.get("title")):
            yield Problem(
                f"{path}.stages.{key}",
                "is not among the `stages` above; a stage of this project alone needs a title",
            )


def _components(path: str, project: Raw, known: Known) -> Iterator[Problem]:
    components = rows(project, "components", path)
    stages = set(_items({**project, "components": []}, known.ladder))
    yield from _twice(components, "key")
    for where, component in components:
        if isinstance(key := component.get("key"), str) and key in stages | set(known.ladder):
            yield Problem(f"{where}.key", f"'{key}' is the key of a stage")
        if isinstance(stage := component.get("stage"), str):
            yield from _unknown(f"{where}.stage", "stage", stage, stages)


def _assignments(found: list[tuple[str, Raw]], known: Known) -> Iterator[Problem]:
    for path, row in found:
        yield from _person(path, row, "person", known)
        yield from _item(path, row, "item", known)
    yield from seat_problems(found)


def _evidence(raw: Raw, known: Known) -> Iterator[Problem]:
    """Standups, pull requests and runs."""
    kinds = (
        ("standups", "person", ("date", "person", "project")),
        ("pull_requests", "author", ("project", "repo", "number")),
        ("runs", "author", ("project", "tracker", "id")),
    )
    for name, person, key in kinds:
        found = rows(raw, name)
        for path, row in found:
            yield from _person(path, row, person, known)
            yield from _item(path, row, "stage", known)
        told = [(path, {**row, "project": row.get("project") or ""}) for path, row in found]
        yield from _twice(told, *key)


def _history(found: list[tuple[str, Raw]], known: Known) -> Iterator[Problem]:
    yield from _twice(found, "id")
    for path, row in found:
        people = ["by", "approved_by"]
        if row.get("kind") == "owner_change":
            people += ["from", "to"]
        for name in people:
            yield from _person(path, row, name, known)
        yield from _item(path, row, "stage", known)


def _delegations(found: list[tuple[str, Raw]], known: Known) -> Iterator[Problem]:
    yield from _twice(found, "person", "delegate", "from", "project")
    for path, row in found:
        yield from _person(path, row, "person", known)
        yield from _person(path, row, "delegate", known)
        yield from _item(path, row, "", known)
        yield from _in_order(path, row)
        if row.get("person") == row.get("delegate") and isinstance(row.get("person"), str):
            yield Problem(f"{path}.delegate", "is the person themselves")


def _in_order(path: str, row: Raw) -> Iterator[Problem]:
    first, last = row.get("from"), row.get("until")
    if isinstance(first, str) and isinstance(last, str) and last < first:
        yield Problem(f"{path}.until", f"{last} lies before {first}")


def _person(path: str, row: Raw, name: str, known: Known) -> Iterator[Problem]:
    if isinstance(key := row.get(name), str):
        yield from _unknown(f"{path}.{name}", "person", key, known.people)


def _item(path: str, row: Raw, name: str, known: Known) -> Iterator[Problem]:
    """A row's project, and the item in it (or in any, where the row names no project)."""
    project, item = row.get("project"), row.get(name)
    items = None
    if isinstance(project, str):
        if project not in known.items:
            yield from _unknown(f"{path}.project", "project", project, known.items)
            return
        items = known.items[project]
    if isinstance(item, str):
        if items is None:
            items = known.everywhere()
        if item not in items:
            where = f" of project '{project}'" if isinstance(project, str) else ""
            yield from _unknown(f"{path}.{name}", "stage or component", item, items, where)


def _unknown(
    path: str, kind: str, key: str, known: Iterable[str], where: str = ""
) -> Iterator[Problem]:
    held = known if isinstance(known, set | dict) else set(known)
    if key in held:
        return
    near = get_close_matches(key, held, n=1)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    yield Problem(path, f"'{key}' is no {kind}{where or ' of this document'}{hint}")
