"""Blockers that last: their Accountable hears of each once, by the clock."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot import blockers as rules
from bot.moments import own_day
from bot.people import Actor
from bot.project import Project
from bot.recurrence import Every
from bot.routing import Event, Happening
from handlers.service import notices
from handlers.service.timers import Duty, Occurrence, Shift
from storage import blockers, ledger, schedules
from storage.blockers import Lasting
from storage.tables import BlockerRow

KIND = "blockers"
EVERY = Every(60)


def watch(session: Session, workspace: int, now: datetime) -> None:
    """Let it be looked from time to time whether a blocker lasts."""
    schedules.put(session, workspace, KIND, KIND, 0, EVERY, now)


def _look(shift: Shift, occurrence: Occurrence, _fetched: None) -> None:
    limit = shift.facts.settings.blocker_days
    earliest = shift.now - timedelta(days=limit - 1)  # whoever looks counts days, not hours
    found: dict[int, list[Lasting]] = {}
    for one in blockers.lasting(shift.session, occurrence.workspace, earliest):
        found.setdefault(one.project, []).append(one)
    for key, lasting in found.items():
        project = shift.cache.project(shift.session, shift.facts, key, shift.now)
        told = dict(_old(shift, project, lasting, limit))
        notices.tell(shift.session, shift.facts, told.values(), project, shift.now)
        note(shift.session, shift.clockwork, shift.now, project, list(told))


def _old(
    shift: Shift, project: Project, lasting: list[Lasting], limit: int
) -> Iterator[tuple[int, Happening]]:
    """Those that are there for so many working days of whose they are, by their ids."""
    items = {item.id: item for item in project.items}
    people = shift.facts.people
    for one in lasting:
        item = items.get(one.item)
        blocker = (
            next((each for each in item.blockers if each.id == one.id), None) if item else None
        )
        if item is None or blocker is None:
            continue
        owner = people.get(rules.whose(project, item, blocker, people) or 0)
        zone = owner.timezone if owner else "UTC"
        age = rules.age(project, item, blocker, people, own_day(shift.now, zone), zone)
        if age is not None and age >= limit:
            note = f"{blocker.text} (owner {owner.name if owner else 'nobody'})"
            yield (
                one.id,
                Happening(Event.BLOCKER_OLD, project.id, item.id, note=note, ref=blocker.id),
            )


def note(
    session: Session, actor: Actor, now: datetime, project: Project, told: Sequence[int]
) -> None:
    """Keep that these were told, in the record: of their age nobody hears twice."""
    if not told:
        return
    with ledger.opened(session, actor, now) as book:
        for key in told:
            book.update(
                "BlockerEscalated",
                BlockerRow,
                key,
                {"escalated_at": now},
                {"escalated_at": None},
                project=project.id,
                moves=False,
            )


DUTIES = {KIND: Duty(_look)}
"""What the clock brings about with blockers."""
