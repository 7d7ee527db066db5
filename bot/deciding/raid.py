"""What becomes of risks, assumptions, issues and dependencies. Nothing that was said is lost."""

from collections.abc import Mapping
from dataclasses import replace

from bot.changes import RaidChange, RaidChanged, RaidRaised
from bot.deciding.projects import refuse_archived
from bot.deciding.texts import LONGEST_NOTE, checked_text
from bot.errors import BadInput, NotFound, Refused, Why
from bot.people import Person
from bot.project import Project
from bot.raid import RaidEntry, RaidKind, Said, found, label


def raid_entry(project: Project, kind: RaidKind, number: int) -> RaidEntry:
    """The entry of that number. Raises `NotFound` with some that there are."""
    entry = found(project.raid, kind, number)
    if entry is None:
        known = tuple(one.label for one in project.raid if one.kind is kind)
        raise NotFound(kind.value, label(kind, number), known[-3:])
    return entry


def raise_raid(
    project: Project, kind: RaidKind, number: int, said: Said, people: Mapping[int, Person]
) -> RaidRaised:
    """A new entry; nobody else has its `number`."""
    refuse_archived(project)
    said = _checked(kind, said, None, people)
    return RaidRaised(project.id, said.item, kind, number, said, project.title_of(said.item))


def edit_raid(
    project: Project, entry: RaidEntry, said: Said, people: Mapping[int, Person]
) -> RaidChanged:
    refuse_archived(project)
    return _changed(project, entry, _checked(entry.kind, said, entry.said, people))


def close_raid(project: Project, entry: RaidEntry, because: str, *, closed: bool) -> RaidChanged:
    """Say that it is settled, and why; or that it is open again."""
    refuse_archived(project)
    if closed is entry.said.closed:
        raise Refused(Why.NOTHING_CHANGES, {"item": entry.label})
    if closed and not because.strip():
        facts = {"kind": entry.kind.value, "entry": entry.label}
        raise BadInput(Why.CLOSE_REASON, facts, field="because")
    because = checked_text(because, LONGEST_NOTE, "reason") if because.strip() else ""
    return _changed(project, entry, replace(entry.said, closed=closed, because=because))


def _changed(project: Project, entry: RaidEntry, after: Said) -> RaidChanged:
    before = entry.said
    if after == before:
        raise Refused(Why.NOTHING_CHANGES, {"item": entry.label})
    return RaidChanged(
        project.id,
        after.item,
        entry.kind,
        entry.number,
        before,
        after,
        project.title_of(before.item),
        project.title_of(after.item),
    )


def _checked(kind: RaidKind, said: Said, before: Said | None, people: Mapping[int, Person]) -> Said:
    if kind is not RaidKind.RISK and (said.likelihood or said.impact):
        raise BadInput(Why.ONLY_RISKS_RATED, {"kind": kind.value}, field="likelihood")
    owner = people.get(said.owner) if said.owner is not None else None
    is_new = before is None or before.owner != said.owner
    if owner and is_new and (owner.is_bot or not owner.active):
        raise Refused(Why.OWNER_GONE, {"name": owner.name}, field="owner")
    return replace(
        said,
        text=checked_text(said.text, LONGEST_NOTE, "text"),
        mitigation=checked_text(said.mitigation, LONGEST_NOTE, "mitigation")
        if said.mitigation.strip()
        else "",
    )


def raid_reversed(change: RaidChange) -> RaidChange | None:
    match change:
        case RaidRaised(taken_back=False):
            return replace(change, taken_back=True)
        case RaidRaised():
            return None
        case RaidChanged():
            return replace(
                change,
                item=change.before.item,
                before=change.after,
                after=change.before,
                place_before=change.place_after,
                place_after=change.place_before,
            )
