"""The use cases of risks, assumptions, issues and dependencies, and the clock that minds their
days.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from bot import deciding
from bot.changes import RaidChange, RaidChanged
from bot.errors import Seen, Stale
from bot.moments import own_day
from bot.orders import CloseRaid, EditRaid, RaiseRaid
from bot.outcome import Done, Place, RaidPage, RaidShown
from bot.people import Actor
from bot.project import Project
from bot.raid import Level, RaidEntry, RaidKind, Said, found, ordered
from bot.recurrence import Every
from bot.rights import Right
from bot.routing import Event, Happening
from bot.telling import summary
from handlers.service import notices, references, rights
from handlers.service.desks import Desks, who
from handlers.service.references import Desk
from handlers.service.timers import Duty, Occurrence, Shift
from handlers.views.kit import TABLE_PAGE
from storage import ledger, raid
from storage.raid import Past
from storage.tables import RaidRow

KIND = "raid"
EVERY = Every(60)


class Raid(Desks):
    """What may be done with risks, assumptions, issues and dependencies."""

    def lift(self, actor: Actor, order: RaiseRaid, place: Place) -> Done:
        """Raise one."""

        def decide(desk: Desk, project: Project) -> RaidChange:
            number = raid.next_number(desk.session, project.id, order.kind)
            said = _said(desk, project, Said(""), dict(order.values))
            return deciding.raise_raid(project, order.kind, number, said, desk.facts.people)

        return self._decided(actor, order.project, place, decide)

    def edit(self, actor: Actor, order: EditRaid, place: Place) -> Done:
        """Say one otherwise. What others said meanwhile stays, where the form left it as it was;
        where both said something else of the same field nothing is written (`Stale`), until the
        form has told what they said.
        """

        def decide(desk: Desk, project: Project) -> RaidChange:
            entry = deciding.raid_entry(project, order.kind, order.number)
            base = entry.revisions[order.seen - 1].said if order.seen else entry.said
            mine = _said(desk, project, base, dict(order.values))
            is_told = order.told == len(entry.revisions)
            said = _merged(desk, project, entry, base, mine, is_told=is_told)
            return deciding.edit_raid(project, entry, said, desk.facts.people)

        return self._decided(actor, order.project, place, decide)

    def close(self, actor: Actor, order: CloseRaid, place: Place) -> Done:
        def decide(_desk: Desk, project: Project) -> RaidChange:
            entry = deciding.raid_entry(project, order.kind, order.number)
            return deciding.close_raid(project, entry, order.because, closed=order.closed)

        return self._decided(actor, order.project, place, decide)

    def listed(
        self, actor: Actor, kind: RaidKind | None, page: int, ref: str | None, place: Place
    ) -> RaidPage:
        with self._reading(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, ref, place))
            every = ordered(one for one in project.raid if kind in (None, one.kind))
            pages = max(1, -(-len(every) // TABLE_PAGE))
            page = min(max(page, 1), pages)
            return RaidPage(
                project=project,
                people=dict(desk.facts.people),
                kind=kind,
                entries=tuple(every[(page - 1) * TABLE_PAGE : page * TABLE_PAGE]),
                open=sum(one.is_open for one in every),
                whole=len(every),
                page=page,
                pages=pages,
                today=desk.today,
            )

    def one(
        self, actor: Actor, kind: RaidKind, number: int, ref: str | None, place: Place
    ) -> RaidShown:
        with self._reading(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, ref, place))
            entry = deciding.raid_entry(project, kind, number)
            return RaidShown(project, dict(desk.facts.people), entry, desk.today)

    def _decided(
        self,
        actor: Actor,
        ref: str | None,
        place: Place,
        decide: Callable[[Desk, Project], RaidChange],
    ) -> Done:
        with self._writing(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, ref, place))
            rights.require(desk, Right.EDIT, project)
            change = decide(desk, project)
            item = next((one for one in project.items if one.id == change.item), None)
            return replace(self._write(desk, actor, project, item, change), item=None)


def _said(desk: Desk, project: Project, base: Said, values: Mapping[str, str]) -> Said:
    """What is said, with the fields that an order names otherwise."""
    said = base
    for field, text in values.items():
        match field:
            case "item":
                item = references.item(desk, project, text).id if text else None
                said = replace(said, item=item)
            case "owner":
                said = replace(said, owner=references.person(desk, text).id if text else None)
            case "likelihood":
                said = replace(said, likelihood=Level(text) if text else None)
            case "impact":
                said = replace(said, impact=Level(text) if text else None)
            case "due":
                said = replace(said, due=date.fromisoformat(text) if text else None)
            case "mitigation":
                said = replace(said, mitigation=text)
            case _:
                said = replace(said, text=text)
    return said


def _merged(
    desk: Desk, project: Project, entry: RaidEntry, base: Said, mine: Said, *, is_told: bool
) -> Said:
    """What is wanted on top of what stands now. Raises `Stale` for a field that both changed,
    unless whoever wants it was told so.
    """
    wanted: dict[str, Any] = {}
    for field in (field.name for field in fields(Said)):
        was, mine_now, present = (getattr(one, field) for one in (base, mine, entry.said))
        if mine_now == was:
            continue
        wanted[field] = mine_now
        if present not in (was, mine_now) and not is_told:
            words = summary(_step(project, entry, base), desk.facts.people)
            last = entry.revisions[-1]
            seen = Seen(who(desk.facts.people, last.by), last.at or desk.now, words)
            raise Stale(entry.label, (seen,), len(entry.revisions))
    return replace(entry.said, **wanted)


def _step(project: Project, entry: RaidEntry, base: Said) -> RaidChanged:
    """What became of an entry since somebody looked at it."""
    said = entry.said
    places = (project.title_of(base.item), project.title_of(said.item))
    return RaidChanged(project.id, said.item, entry.kind, entry.number, base, said, *places)


def _look(shift: Shift, occurrence: Occurrence, _fetched: None) -> None:
    """Tell of entries whose day has gone by where their owner is, once for each day."""
    tomorrow = shift.now.date() + timedelta(days=1)  # it is another day in the east already
    past: dict[int, list[Past]] = {}
    for one in raid.past(shift.session, occurrence.workspace, tomorrow):
        past.setdefault(one.project, []).append(one)
    for key, mine in past.items():
        project = shift.cache.project(shift.session, shift.facts, key, shift.now)
        told = dict(_past(shift, project, mine))
        notices.tell(shift.session, shift.facts, told.values(), project, shift.now)
        _note(shift, project, list(told))


def _past(shift: Shift, project: Project, some: list[Past]) -> Iterator[tuple[Past, Happening]]:
    for one in some:
        entry = found(project.raid, one.kind, one.number)
        said = entry.said if entry else None
        if entry is None or said is None or said.due is None:
            continue
        owner = shift.facts.people.get(said.owner or 0)
        if not entry.is_past(own_day(shift.now, owner.timezone if owner else "UTC")):
            continue
        whose = f"owner {owner.name}" if owner else "nobody owns it"
        note = f"{entry.label}: {said.text} (due {said.due.isoformat()}, {whose})"
        concerned = (owner.id,) if owner else ()
        yield (
            one,
            Happening(
                Event.RAID_PAST, project.id, said.item, concerned=concerned, note=note, ref=one.id
            ),
        )


def _note(shift: Shift, project: Project, told: list[Past]) -> None:
    """Keep that it was told, in the record: nobody hears of the same day twice."""
    if not told:
        return
    with ledger.opened(shift.session, shift.clockwork, shift.now) as book:
        for one in told:
            entry = found(project.raid, one.kind, one.number)
            due = entry.said.due if entry else None
            after, before = {"told_for": due}, {"told_for": None}
            book.update("RaidPast", RaidRow, one.id, after, before, project=project.id, moves=False)


DUTIES = {KIND: Duty(_look, comes=EVERY)}
"""What the clock brings about with risks, assumptions, issues and dependencies."""
