"""The use cases of standups: set one, look at it, end it, answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot import blockers, deciding, planning
from bot.changes import Change
from bot.deciding import storable
from bot.errors import BadInput, NotFound, Refused, Stale, Why
from bot.moments import known, own_day
from bot.orders import AnswerStandup, EndStandup, SetStandup
from bot.outcome import Done, Place
from bot.people import Actor
from bot.planning import channel_name
from bot.project import Item, Project, Status
from bot.recurrence import EPOCH, next_after
from bot.rounds import Answered, Asked, Seat, StandupShown
from bot.spelling import folded
from bot.standups import (
    EDITABLE_FOR,
    LONGEST_ANSWER,
    LONGEST_BLOCKER,
    Entry,
    State,
    blocker,
    blocker_at,
    missed_days,
    next_ask,
    report_times,
)
from handlers.service import answering, attendance, drafts, references, rounds
from handlers.service.desks import Desks
from handlers.service.references import Desk
from handlers.service.rounds import Round
from storage import ledger, standups, uptimes
from storage.tables import StandupRow

ANYWHERE = Place()
STANDUP = (attendance.ASK, attendance.REPORT)


class Standups(Desks):
    """What may be done with standups. Everybody who sees a project may set its standup."""

    def shown(self, actor: Actor, project: str | None, place: Place) -> StandupShown:
        """How a project's standup is set, who is in it, and what comes next."""
        with self._reading(actor, place) as desk:
            found = self._project(desk, references.project_id(desk, project, place))
            current = _round(desk, found)
            if current is None:
                zone = _zone(actor)
                return StandupShown(
                    found, None, 0, zone, "", (), None, None, None, desk.facts.people
                )
            return _shown(current, desk.facts.settings.standup_text_days)

    def set_up(self, actor: Actor, order: SetStandup, place: Place) -> Done:
        """Begin a standup or set it otherwise. `Stale` where somebody else did meanwhile."""

        def decide(desk: Desk, project: Project, _item: Item | None) -> Change:
            current = _round(desk, project)
            if order.seen is not None and order.seen != (current.standing.id if current else 0):
                raise Stale(f"The standup of {project.name}")
            also = [references.person(desk, ref) for ref in order.people]
            before = current.plan if current else None
            again = current is not None and rounds.is_refused(current)
            return planning.set_standup(project, before, order, also, _zone(actor), again=again)

        return self._change(actor, order.project, None, None, place, decide)

    def end(self, actor: Actor, order: EndStandup, place: Place) -> Done:
        def decide(desk: Desk, project: Project, _item: Item | None) -> Change:
            standing = standups.standing(desk.session, project.id)
            return planning.end_standup(project, standing.plan if standing else None)

        return self._change(actor, order.project, None, None, place, decide)

    def asked(self, actor: Actor, entry: int) -> Asked:
        """What the actor was asked, and what they may tick of their work.

        `NotFound` for what somebody else was.
        """
        with self._reading(actor, ANYWHERE) as desk:
            return self._drafted(desk, [self._asked(desk, self._own(desk, entry))])[0]

    def open_ones(self, actor: Actor) -> tuple[Asked, ...]:
        """What the actor was asked today and has not answered."""
        if actor.person is None:
            return ()
        with self._reading(actor, ANYWHERE) as desk:
            today = own_day(desk.now, actor.person.timezone)
            found = standups.open_of(desk.session, actor.person.id, [today])
            return tuple(self._asked(desk, entry) for entry in found if desk.sees(entry.project))

    def answer(self, actor: Actor, order: AnswerStandup) -> Answered:
        """Take an answer, the first or another one: the report is put right where it stands.

        What it marks as blocked is moved in the same transaction: both are written, or neither.
        """
        with self._writing(actor, ANYWHERE) as desk:
            before = self._own(desk, order.entry)
            project = self._project(desk, before.project)
            if project.archived_at:
                raise Refused(Why.ARCHIVED, {"project": project.name, "key": project.key})
            if desk.now - datetime.combine(before.day, time(), desk.now.tzinfo) > _TOO_LATE:
                raise Refused(Why.STANDUP_OVER, {"date": before.day.isoformat()})
            item = references.item(desk, project, order.blocked) if order.blocked else None
            after = _answered(desk, project, before, order, item)
            _written(desk, before, after)
            moved = self._marked(desk, project, item, blocker(after.answers))
            others = answering.names_of_others(desk, after)
            current = _round(desk, moved.project if moved else project)
            told = Asked(project, after, None, "", others)
            if current is not None:
                told = replace(rounds.asked(current, after), others=others)
                rounds.tell_asked(current, told)
                rounds.tell_report(current, after.day)
            return Answered((told,), (moved,) if moved else ())

    def _marked(self, desk: Desk, project: Project, item: Item | None, why: str) -> Done | None:
        """Move what is blocked; nothing where it is blocked for that very reason already."""
        if item is None or any(folded(one.text) == folded(why) for one in blockers.of(item)):
            return None
        change = deciding.block(project, item, why, None, desk.facts.people)
        return self._write(desk, desk.actor, project, item, change)

    def _own(self, desk: Desk, key: int) -> Entry:
        entry = standups.entry(desk.session, desk.actor.workspace, key)
        mine = entry is not None and entry.person == desk.actor.person_id
        if entry is None or not mine or not desk.sees(entry.project):
            raise NotFound("standup", str(key))
        return entry

    def _asked(self, desk: Desk, entry: Entry) -> Asked:
        project = self._project(desk, entry.project)
        current = _round(desk, project)
        asked = rounds.asked(current, entry) if current else Asked(project, entry, None, "")
        return replace(asked, others=answering.names_of_others(desk, entry))

    def _drafted(self, desk: Desk, some: Sequence[Asked]) -> list[Asked]:
        """With what may be ticked in each of them, read at once."""
        projects = {asked.project.id: asked.project for asked in some}
        found = drafts.drafted(desk, projects, [asked.entry for asked in some])
        return [replace(asked, drafted=found[asked.entry.id]) for asked in some]


_TOO_LATE = EDITABLE_FOR + timedelta(days=2)
"""From the beginning of the day in UTC: wherever it was, it was over a week ago by then."""


def _round(desk: Desk, project: Project) -> Round | None:
    standing = standups.standing(desk.session, project.id)
    if standing is None:
        return None
    return Round(
        desk.session,
        desk.actor.workspace,
        project,
        standing,
        desk.facts.people,
        desk.now,
        desk.facts.presence,
    )


def _zone(actor: Actor) -> str:
    return known(actor.zone)


def _shown(current: Round, kept_days: int) -> StandupShown:
    plan, people, now = current.plan, current.people, current.now
    seats = [
        Seat(key, next_ask(plan, zone, current.presence(key), now), known(zone))
        for key in attendance.inside(current.project, people, plan)
        for zone in (people[key].timezone,)
    ]
    return StandupShown(
        project=current.project,
        plan=plan,
        seen=current.standing.id,
        zone=plan.zone,
        channel=channel_name(current.project, plan),
        seats=tuple(sorted(seats, key=_by_time)),
        next_report=next_after(report_times(plan), now),
        trouble=current.trouble(date.max),
        set_by=current.standing.set_by,
        people=people,
        kept_days=kept_days,
        missed=missed_days(
            uptimes.missed_of(current.session, current.workspace, STANDUP, current.project.id, now),
            plan,
            people,
        ),
    )


def _by_time(seat: Seat) -> tuple[bool, datetime, int]:
    return seat.next_ask is None, seat.next_ask or EPOCH, seat.person


def _answered(
    desk: Desk, project: Project, before: Entry, order: AnswerStandup, item: Item | None
) -> Entry:
    """The entry with what is said now; who skips keeps, unseen, what they had said before."""
    after = replace(before, state=order.state, posted_at=before.posted_at or desk.now)
    if order.state is not State.POSTED:
        return replace(after, blocked_item=None)
    block = blocker_at(before.questions)
    said = [*order.answers, *[""] * len(before.answers)][: len(before.answers)]
    checked = [_checked(answer, at, block) for at, answer in enumerate(said)]
    after = answering.about(desk, project, after, checked)
    if item is not None and not blocker(after.answers):
        raise BadInput(Why.REASON_NEEDED, {"status": Status.BLOCKED.words}, field=f"a{block}")
    return replace(after, blocked_item=item.id if item else None)


def _checked(answer: str, at: int, block: int | None) -> str:
    answer = storable(answer).strip()
    longest = LONGEST_BLOCKER if at == block else LONGEST_ANSWER
    if len(answer) > longest:
        facts = {"length": str(len(answer)), "longest": str(longest)}
        raise BadInput(Why.TEXT_TOO_LONG, facts, field=f"a{at}")
    return answer


def _written(desk: Desk, before: Entry, after: Entry) -> None:
    """Write what differs, with what was there before in the record."""
    if before.withheld != after.withheld:
        standups.withhold(desk.session, before.id, after.withheld)
    was, now = standups.columns_of(before), standups.columns_of(after)
    changed = {name: value for name, value in now.items() if was[name] != value}
    if not changed or set(changed) == {"posted_at"}:
        return
    with ledger.opened(desk.session, desk.actor, desk.now) as book:
        book.update(
            f"Standup{_ACTION[after.state]}",
            StandupRow,
            before.id,
            changed,
            {name: was[name] for name in changed},
            project=before.project,
            moves=False,
        )


_ACTION: Mapping[State, str] = {
    State.POSTED: "Answered",
    State.SKIPPED: "Skipped",
    State.NOTHING_NEW: "NothingNew",
}
