"""What was to be told, and is settled by now: looked at where a message has waited.

Only what asks for something to be done, or seen to, can be settled. What merely tells that
something happened stays as true as it was.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.consultations import Consultation, stands
from bot.leaving import left_by
from bot.people import Person
from bot.project import CLOSED, Item, Letter, PersonHolder, Project
from bot.routing.table import Event, Party
from bot.routing.told import Told
from bot.scope import is_stale

CONSULTED = frozenset(
    {
        Event.CONSULTATION_ASKED,
        Event.CONSULTATION_SILENT,
        Event.QUESTION,
        Event.QUESTION_SILENT,
    }
)
"""What asks for somebody's input, or tells that it did not come; `ref` is the consultation."""


def is_settled(
    one: Told,
    project: Project,
    people: Mapping[int, Person],
    now: datetime,
    consultation: Consultation | None = None,
) -> bool:
    """Whether nobody has to see to it any more, as its project is at `now`. `consultation` is the
    one that it is about.
    """
    if not may_be_settled(one.event):
        return False
    if project.archived_at is not None:
        return True
    if one.event in _OF_PROJECT:
        return _OF_PROJECT[one.event](one, project, people, now)
    item = project.item(one.item_key)
    if item is None:
        return True
    if one.event in CONSULTED:
        return consultation is not None and _is_heard(one.event, consultation, item)
    return _OF_ITEM[one.event](one, project, item)


def may_be_settled(event: Event) -> bool:
    """Whether an event waits for something."""
    return event in CONSULTED or event in _OF_ITEM or event in _OF_PROJECT


def _is_heard(event: Event, asked: Consultation, item: Item) -> bool:
    is_asked = event in {Event.CONSULTATION_ASKED, Event.QUESTION}
    is_over = not asked.is_waiting if is_asked else asked.answered_at is not None
    return is_over or not stands(asked, item)


# Of an item


def _is_answered(one: Told, _project: Project, item: Item) -> bool:
    """An offer: there is none any more, or another one. The question itself is edited into how it
    ended, and goes as that.
    """
    if one.event is Event.HANDOVER_OFFERED and one.to is Party.CONCERNED:
        return False
    return item.offer is None or (one.ref is not None and item.offer.id != one.ref)


def _is_owned(_one: Told, project: Project, item: Item) -> bool:
    return bool(_holders(project, item, Letter.A)) or not item.status.is_under_way


def _is_closed(_one: Told, _project: Project, item: Item) -> bool:
    return item.status in CLOSED


def _is_resolved(one: Told, _project: Project, item: Item) -> bool:
    """A blocker; one that is in no record is never known to be resolved."""
    return one.ref is not None and all(blocker.id != one.ref for blocker in item.blockers)


def _is_handed_on(one: Told, _project: Project, item: Item) -> bool:
    """A blocker that was given to somebody."""
    theirs = (blocker for blocker in item.blockers if blocker.owner in one.concerned)
    return all(blocker.text != one.note for blocker in theirs)


def _has_letter(one: Told, project: Project, item: Item) -> bool:
    """Who does the work holds it by now."""
    return set(one.concerned) <= _holders(project, item, Letter.A, Letter.R)


def _is_no_more_theirs(one: Told, project: Project, item: Item) -> bool:
    return not set(one.concerned) & _holders(project, item, Letter.A)


def _holders(project: Project, item: Item, *letters: Letter) -> set[int]:
    return {
        held.holder.person
        for held in project.raci(item)
        if held.letter in letters and isinstance(held.holder, PersonHolder)
    }


_OF_ITEM: Mapping[Event, Callable[[Told, Project, Item], bool]] = {
    Event.HANDOVER_OFFERED: _is_answered,
    Event.HANDOVER_WAITING: _is_answered,
    Event.STAGE_STARTED_UNOWNED: _is_owned,
    Event.GATE_OPENED: _is_closed,
    Event.BLOCKER_OLD: _is_resolved,
    Event.BLOCKER_STILL: _is_resolved,
    Event.BLOCKER_GIVEN: _is_handed_on,
    Event.DRIFT_SILENT: _is_no_more_theirs,
    Event.DRIFT_SHADOW: _has_letter,
    Event.DRIFT_ORPHAN: _is_owned,
}


# Of a project

People = Mapping[int, Person]


def _is_signed(_one: Told, project: Project, _people: People, _now: datetime) -> bool:
    return not is_stale(project.scope)


def _is_confirmed(one: Told, project: Project, _people: People, _now: datetime) -> bool:
    review = project.review
    return project.finish is not None or (review is not None and review.since > one.at)


def _is_put_right(one: Told, project: Project, _people: People, _now: datetime) -> bool:
    """A risk (or assumption, issue, dependency): closed, another's, or not as it was told."""
    labels = (each for each in project.raid if one.note.startswith(f"{each.label}:"))
    entry = next(labels, None)
    if entry is None or not entry.is_open:
        return entry is not None
    match one.event:
        case Event.RAID_GIVEN:
            return entry.said.owner not in one.concerned
        case Event.RAID_GRAVE:
            return not entry.is_grave
        case _:
            return entry.said.due is None or entry.said.due > one.at.date()


def _is_filled(one: Told, project: Project, people: People, now: datetime) -> bool:
    """Seats that somebody left vacant: filled, or they are back (or gone again) themselves."""
    is_back = one.event is Event.PERSON_RETURNED
    return not any(
        people[gone].active is is_back and any(left_by(project, gone, now))
        for gone in one.concerned
    )


_OF_PROJECT: Mapping[Event, Callable[[Told, Project, People, datetime], bool]] = {
    Event.SCOPE_CHANGED: _is_signed,
    Event.REVIEW_DUE: _is_confirmed,
    Event.RAID_GIVEN: _is_put_right,
    Event.RAID_GRAVE: _is_put_right,
    Event.RAID_PAST: _is_put_right,
    Event.PERSON_LEFT: _is_filled,
    Event.PERSON_RETURNED: _is_filled,
}
