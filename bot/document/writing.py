"""A workspace document as text: stable, and pleasant to read and to compare."""

import json
from datetime import date, datetime
from enum import Enum
from typing import Any

from bot.document.base import Entry
from bot.document.entries import AssignmentEntry, Document, PersonEntry, StateEntry
from bot.document.fields import write_moment, write_start

_SPREAD = frozenset({"meta", "stages", "people", "projects"})
"""What is written over many lines; of the rest, an entry is a line."""


def plain(document: Document) -> dict[str, Any]:
    """A document as JSON values, in its full form.

    Every key of the format stands, but for the `extras`, which stand where they say something.
    """
    full = plain_entry(document)
    full["stages"] = _plain(document.ladder)
    ladder = {stage.key: plain_entry(StateEntry()) for stage in document.ladder}
    for project, written in zip(document.projects, full["projects"], strict=True):
        if "stages" not in project.model_fields_set:
            written["stages"] = ladder
    return full


def write(document: Document) -> str:
    """A document as JSON text that `read` reads back to an equal document."""
    parts = []
    for name, value in plain(document).items():
        if name in _SPREAD or not value:
            text = json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n ")
        else:
            lines = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in value)
            text = f"[\n  {lines}\n ]"
        parts.append(f' "{name}": {text}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _plain(value: Any) -> Any:
    match value:
        case AssignmentEntry():
            return _assignment(value)
        case Entry():
            return plain_entry(value)
        case list():
            return [_plain(inner) for inner in value]
        case dict():
            return {str(name): _plain(inner) for name, inner in value.items()}
        case Enum():
            return value.value
        case datetime():
            return write_moment(value)
        case date():
            return value.isoformat()
        case _:
            return value


def plain_entry(entry: Entry) -> dict[str, Any]:
    """One entry as JSON values."""
    values = {
        field.alias or name: _plain(getattr(entry, name))
        for name, field in type(entry).model_fields.items()
        if name not in entry.extras or getattr(entry, name)
    }
    if isinstance(entry, PersonEntry):
        values["first_name"] = entry.called
    return values


def _assignment(entry: AssignmentEntry) -> dict[str, Any]:
    values: dict[str, Any] = {
        "project": entry.project,
        "item": entry.item,
        "raci": entry.raci.value,
        "person": entry.person,
        "vacant_role": entry.vacant_role,
        "requisition": entry.requisition,
    }
    if entry.group:
        values["group"] = plain_entry(entry.group)
    if entry.since:
        values["since"] = write_start(entry.since)
    if entry.until:
        values["until"] = write_start(entry.until)
    return values
