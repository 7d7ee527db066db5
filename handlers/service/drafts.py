"""Drafts of standups: what somebody may tick, read at once for all the projects they answer for.

Only from Charter's own store: no other server is asked while somebody waits for a form.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter
from sqlmodel import Session

from bot import drafts as rules
from bot.changes import Change
from bot.digests import Linked
from bot.drafts import KINDS, Deed, Drafted, Material, Owned, Span
from bot.moments import known, own_day
from bot.people import Person
from bot.project import Project
from bot.sight import is_own_room
from bot.sources.base import Kind
from bot.spelling import folded
from bot.standups import Entry, carried_over
from handlers.service.references import Desk
from storage import digests, evidence, links, standups
from storage import drafts as stored
from storage.standups import Past

_CHANGES: Final[Mapping[str, TypeAdapter[Change]]] = {
    kind.__name__: TypeAdapter(kind) for kind in KINDS
}
_HOST = "github"
"""Where people's names stand by which reviews are asked of them."""


def drafted(
    desk: Desk, projects: Mapping[int, Project], entries: Sequence[Entry]
) -> dict[int, Drafted]:
    """What is offered for each of these entries of one person, by the entries' ids.

    As many statements for one entry as for many. Each entry reads its own project alone, which the
    person sees: work of another one is never offered in it.
    """
    if not entries:
        return {}
    session, now = desk.session, desk.now
    person = desk.facts.people[entries[0].person]
    past = standups.past(session, person.id, {one.project: one.day for one in entries})
    spans = {one.project: _span(one, past[one.project], person, now) for one in entries}
    keys = list(spans)
    deeds = _deeds(desk, person.id, keys, min(span.since for span in spans.values()))
    owned = _evidence(session, keys)
    raised = stored.raised(session, person.id, keys)
    reads_titles = _closed_rooms(desk, projects)
    names = links.people_named(session, desk.facts.workspace, _HOST)
    aims = digests.aims(session, keys)
    highers = {
        folded(name): way == "max"
        for name, way in digests.directions(session, desk.facts.workspace).items()
    }
    found: dict[int, Drafted] = {}
    for entry in entries:
        key, before = entry.project, past[entry.project].said
        project = projects[key]
        material = Material(
            project,
            person.id,
            spans[key],
            desk.facts.people,
            tuple(deeds[key]),
            tuple(owned[key]),
            frozenset(name for name, one in names.items() if one == person.id),
            reads_titles=key in reads_titles,
            aim=aims.get(key, ""),
            highers=highers,
        )
        today = own_day(spans[key].until, person.timezone)
        people = desk.facts.people
        found[entry.id] = Drafted(
            rules.draft(material, entry, before),
            carried_over(project, people, entry, before, raised, today),
        )
    return found


def _span(entry: Entry, past: Past, person: Person, now: datetime) -> Span:
    """Since when, and up to when: what was done after the next standup was asked is that one's."""
    until = past.next_asked or now
    since = rules.since(past.answered_at, person, entry.asked_at or until)
    return Span(since, until, known(person.timezone))


def _deeds(
    desk: Desk, person: int, projects: Sequence[int], since: datetime
) -> Mapping[int, list[Deed]]:
    workspace = desk.facts.workspace
    revision = digests.revision_at(desk.session, workspace, since)
    found: dict[int, list[Deed]] = defaultdict(list)
    for line in stored.deeds(
        desk.session, workspace, person, projects, revision, since, tuple(_CHANGES)
    ):
        change = _CHANGES[line.action].validate_python(json.loads(line.change))
        found[line.project_id or 0].append(
            Deed(line.seq, line.item_id, change, line.actor_id, line.at, line.undoes)
        )
    return found


def _evidence(session: Session, projects: Sequence[int]) -> Mapping[int, list[Owned]]:
    found: dict[int, list[Owned]] = defaultdict(list)
    for kind in (Kind.PULL_REQUEST, Kind.RUN):
        for row, sighting in evidence.rows(session, kind, projects):
            linked = Linked(row["id"], row["project_id"], sighting, row["recorded_at"])
            found[linked.project].append(Owned(linked, row["author_id"], row["item_key"]))
    return found


def _closed_rooms(desk: Desk, projects: Mapping[int, Project]) -> frozenset[int]:
    """The private projects whose report is posted in a private channel of their own.

    Of a project that is not private everybody may look up what was said, wherever it was posted.
    """
    plans = standups.standing_in(desk.session, list(projects))
    channels = {key: one.plan.channel for key, one in plans.items()}
    rooms = links.places(desk.session, desk.facts.workspace, _each(channels.values()))
    return frozenset(
        key
        for key, channel in channels.items()
        if projects[key].private and channel in rooms and is_own_room(projects[key], rooms[channel])
    )


def _each(channels: Iterable[str]) -> list[str]:
    return sorted(set(channels))
