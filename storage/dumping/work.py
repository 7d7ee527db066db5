"""How the work of a project goes, as an entry of a document."""

from collections.abc import Iterator, Mapping
from typing import Literal

from bot.condition import Blocker, Light
from bot.document import (
    BlockerEntry,
    CriterionEntry,
    FinishEntry,
    HealthEntry,
    RemovedEntry,
    TickEntry,
    WorkEntry,
    midnight,
    one_line,
)
from bot.gates import Knows
from bot.project import Item, Project, Status
from storage.gates import Gates

Said = Literal["green", "amber", "red"]
_LIGHTS: Mapping[Light, Said] = {
    Light.GREEN: "green",
    Light.AMBER: "amber",
    Light.RED: "red",
}


def work(project: Project, gates: Gates, people: Mapping[int, str]) -> WorkEntry | None:
    """None where there is nothing that the states of its stages do not say already."""
    found = WorkEntry(
        blockers=[one for item in project.items for one in _blockers(item, people)],
        criteria=[one for item in project.items for one in _criteria(item, gates)],
        ticks=[one for item in project.items for one in _ticks(item, gates, people)],
        health=_health(project, people),
        finished=FinishEntry(at=project.finish.at, why=project.finish.why)
        if project.finish
        else None,
        removed=[
            RemovedEntry(
                key=gone.key, title=one_line(gone.title, gone.key), kind=gone.kind.value, at=gone.at
            )
            for gone in project.gone
        ],
    )
    return None if found == WorkEntry() else found


def _blockers(item: Item, people: Mapping[int, str]) -> Iterator[BlockerEntry]:
    if len(item.blockers) == 1 and _is_told(item, item.blockers[0]):
        return
    for one in item.blockers:
        yield BlockerEntry(
            item=item.key, text=one.text, owner=_key(one.owner, people), since=one.since
        )


def _is_told(item: Item, blocker: Blocker) -> bool:
    """Whether the item's status says all of it: what, and since when; and nobody was named."""
    begun = midnight(item.updated.date()) if item.updated else None
    is_same = blocker.owner is None and blocker.since == begun
    return is_same and item.status is Status.BLOCKED and blocker.text == item.note


def _criteria(item: Item, gates: Gates) -> Iterator[CriterionEntry]:
    for one in gates.of(item.id).own:
        off = one.knows is Knows.OFF
        yield CriterionEntry(item=item.key, key=one.key, text=one_line(one.text, one.key), off=off)


def _ticks(item: Item, gates: Gates, people: Mapping[int, str]) -> Iterator[TickEntry]:
    for one in gates.of(item.id).ticks:
        yield TickEntry(
            item=item.key,
            criterion=one.key,
            at=one.at,
            by=_key(one.by, people),
            note=one.note,
            self_approved=one.is_self,
        )


def _health(project: Project, people: Mapping[int, str]) -> HealthEntry | None:
    said = project.opinion
    if said is None or said.light not in _LIGHTS:
        return None
    return HealthEntry(light=_LIGHTS[said.light], reason=said.reason, by=_key(said.by, people))


def _key(person: int | None, people: Mapping[int, str]) -> str | None:
    return people[person] if person is not None else None
