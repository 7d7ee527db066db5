"""What somebody answers in standups: of one project, or of all that they are asked on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot import blockers, deciding
from bot.changes import Change
from bot.deciding import storable
from bot.errors import BadInput, NotFound, Refused, Why
from bot.moments import own_day
from bot.orders import AnswerStandup, AnswerStandups, PassStandups
from bot.outcome import Done, Place
from bot.people import Actor, Person
from bot.project import Item, Project, Status
from bot.recurrence import DAY
from bot.rounds import AnswerClash, Answered, Asked, DayAsked
from bot.spelling import folded
from bot.standups import (
    EDITABLE_FOR,
    LONGEST_ANSWER,
    LONGEST_BLOCKER,
    Entry,
    State,
    blocker,
    blocker_at,
    is_open,
)
from handlers.service import answering, carrying, drafts, prompts, references, rounds
from handlers.service.desks import Desks
from handlers.service.references import Desk
from storage import ledger, standups
from storage.tables import StandupRow

ANYWHERE = Place()

_TOO_LATE = EDITABLE_FOR + timedelta(days=2)
"""From the beginning of the day in UTC: wherever it was, it was over a week ago by then."""


class StandupAnswers(Desks):
    """What somebody may do with what they are asked."""

    def asked(self, actor: Actor, entry: int) -> Asked:
        """What the actor was asked, and what they may tick of their work.

        `NotFound` for what somebody else was.
        """
        with self._reading(actor, ANYWHERE) as desk:
            return _drafted(desk, [own_entry(desk, entry)])[0]

    def day(self, actor: Actor, day: date) -> DayAsked:
        """All that the actor was asked on a day of theirs, likewise. `NotFound` where that is
        nothing.
        """
        with self._reading(actor, ANYWHERE) as desk:
            whole = _whole(desk, day).asked
            return DayAsked(day, tuple(_drafted(desk, _live(whole) or whole)))

    def open_ones(self, actor: Actor) -> tuple[Asked, ...]:
        """What the actor was asked today and has not answered; of yesterday, what still has time: a
        window may cross midnight.
        """
        if actor.person is None:
            return ()
        with self._reading(actor, ANYWHERE) as desk:
            today = own_day(desk.now, actor.person.timezone)
            found = standups.open_of(desk.session, actor.person.id, [today, today - DAY])
            asked = prompts.asked(desk, actor.person, found)
            return tuple(
                one
                for one in asked
                if not one.project.archived_at
                and one.is_open
                and (
                    one.entry.day == today
                    or (one.plan and is_open(one.plan, one.entry, actor.person.timezone, desk.now))
                )
            )

    def answer(
        self, actor: Actor, order: AnswerStandup | AnswerStandups | PassStandups
    ) -> Answered:
        """Take answers, the first or other ones: the reports are put right where they stand.

        What they mark as blocked is moved in the same transaction: all is written, or nothing.
        """
        with self._writing(actor, ANYWHERE) as desk:
            every = [_Page(own_entry(desk, one.entry), one) for one in _each(desk, order)]
            pages = [page for page in every if not page.before.project.archived_at] or every
            for page in pages:
                _refuse_late(desk, page.before)
            _refuse_clash(pages)
            beside = carrying.beside(desk, [(page.before, page.order) for page in pages])
            day = order.day if isinstance(order, PassStandups) else pages[0].before.entry.day
            whole = _whole(desk, day)
            after, lasting = carrying.joined(_answered(desk, pages, whole), beside)
            for asked in whole.asked:
                if asked.entry.id in after:
                    _written(desk, asked.entry, after[asked.entry.id])
            for page in pages:
                if (typed := page.order.typed) is not None:
                    entry = page.before.entry
                    standups.keep_typed(desk.session, entry.id, typed.beside(entry.typed))
            moved: list[Done] = []
            for page in pages:
                moved += self._moved(desk, page, after, beside.get(page.before.entry.id))
                carrying.tell(desk, page.before, lasting.get(page.before.entry.id, ()))
            told = prompts.tell(desk, _person(desk), day)
            answered = tuple(one for one in told.asked if one.entry.id in after)
            changed = {done.project.id: done.project for done in moved}
            for one in answered:
                current = rounds.at(desk, changed.get(one.project.id, one.project))
                if current is not None:
                    rounds.tell_report(current, day)
            own = {page.before.entry.id for page in pages}
            left = tuple(page.before for page in every if page not in pages)
            return Answered(answered, told, tuple(moved), frozenset(after.keys() - own), left)

    def _moved(
        self, desk: Desk, page: "_Page", after: Mapping[int, Entry], beside: carrying.Beside | None
    ) -> list[Done]:
        """What the record is to know of an answer: first what is over, then what is in the way."""

        def write(project: Project, item: Item, change: Change) -> Done:
            return self._write(desk, desk.actor, project, item, change)

        answered = after[page.before.entry.id]
        made = carrying.changed(desk, page.before, answered, beside, write) if beside else []
        project = made[-1].project if made else page.before.project
        marked = self._marked(desk, page, project, after)
        return [*made, marked] if marked else made

    def _marked(
        self, desk: Desk, page: "_Page", project: Project, after: Mapping[int, Entry]
    ) -> Done | None:
        """Move what is blocked; nothing where it is blocked for that very reason already."""
        order, entry = page.order, after[page.before.entry.id]
        wanted = page.item(desk)
        item = project.item(wanted.key) if wanted else None
        if item is None:
            return None
        why = blocker(entry.answers)
        if not why:
            field = order.field(blocker_at(entry.questions) or 0)
            raise BadInput(Why.REASON_NEEDED, {"status": Status.BLOCKED.words}, field=field)
        if any(folded(one.text) == folded(why) for one in blockers.of(item)):
            return None
        change = deciding.block(project, item, why, None, desk.facts.people)
        return self._write(desk, desk.actor, project, item, change)


@dataclass(frozen=True, slots=True)
class _Page:
    """One standup of those that are answered together: as it stands, and what is said now."""

    before: Asked
    order: AnswerStandup

    def item(self, desk: Desk) -> Item | None:
        """What its blocker is to mark."""
        blocked = self.order.blocked if self.order.state is State.POSTED else None
        return references.item(desk, self.before.project, blocked) if blocked else None


def _each(
    desk: Desk, order: AnswerStandup | AnswerStandups | PassStandups
) -> Sequence[AnswerStandup]:
    match order:
        case AnswerStandup():
            return (order,)
        case AnswerStandups(answers=answers):
            return answers
        case PassStandups(day=day, state=state, typed=typed):
            whole = _whole(desk, day).asked
            entries = [one.entry for one in _live(whole) or whole]
            still = [entry.id for entry in entries if entry.state is State.ASKED]
            # Pressed again, it means what it meant before.
            same = [entry.id for entry in entries if entry.state is state]
            return [AnswerStandup(key, state, typed=typed) for key in still or same]


def _live(some: Sequence[Asked]) -> tuple[Asked, ...]:
    """Those that can still be answered: their project is not archived, and their standup has not
    ended before they were.
    """
    return tuple(one for one in some if not one.project.archived_at and not one.is_ended)


def _person(desk: Desk) -> Person:
    if desk.actor.person is None:
        raise NotFound("standup", "")
    return desk.actor.person


def own_entry(desk: Desk, key: int) -> Asked:
    entry, person = standups.entry(desk.session, desk.actor.workspace, key), _person(desk)
    mine = entry is not None and entry.person == person.id
    found = prompts.asked(desk, person, [entry]) if entry is not None and mine else ()
    if not found:
        raise NotFound("standup", str(key))
    return found[0]


def _whole(desk: Desk, day: date) -> DayAsked:
    whole = prompts.of_day(desk, _person(desk), day)
    if not whole.asked:
        raise NotFound("standup", day.isoformat())
    return whole


def _drafted(desk: Desk, some: Sequence[Asked]) -> list[Asked]:
    """With what may be ticked in each of them, read at once."""
    projects = {asked.project.id: asked.project for asked in some}
    found = drafts.drafted(desk, projects, [asked.entry for asked in some])
    return [replace(asked, drafted=found[asked.entry.id]) for asked in some]


def _refuse_late(desk: Desk, asked: Asked) -> None:
    project, day = asked.project, asked.entry.day
    if project.archived_at:
        raise Refused(Why.ARCHIVED, {"project": project.name, "key": project.key})
    if desk.now - datetime.combine(day, time(), desk.now.tzinfo) > _TOO_LATE:
        raise Refused(Why.STANDUP_OVER, {"date": day.isoformat()})


def _refuse_clash(pages: Sequence[_Page]) -> None:
    """Raise `AnswerClash` where an answer is to give way that was written after somebody looked."""
    theirs = frozenset(
        (page.before.entry.id, at)
        for page in pages
        for at, said in enumerate(page.order.answers[: len(page.before.entry.answers)])
        if page.order.seen not in (None, page.before.fingerprint) and _gives_way(page, at, said)
    )
    if theirs:
        raise AnswerClash(tuple((page.before, page.order) for page in pages), theirs)


def _gives_way(page: _Page, at: int, said: str) -> bool:
    """Whether something is lost of what stands there now, which somebody did not see."""
    opened, stands = page.order.opened, page.before.as_written[at]
    was = opened[at].strip() if at < len(opened) else ""
    return was not in (stands.strip(), said.strip()) and not _holds(said, stands)


def _holds(said: str, stands: str) -> bool:
    """Whether nothing of what stands gives way."""
    return {line.strip() for line in stands.splitlines()} <= {
        line.strip() for line in said.splitlines()
    }


def _answered(desk: Desk, pages: Sequence[_Page], whole: DayAsked) -> dict[int, Entry]:
    """The entries as they are with what is said now, by their ids: also those that a line goes to
    which was written in another one.
    """
    by_project = {one.project.id: one for one in whole.asked if not one.project.archived_at}
    after: dict[int, Entry] = {}
    carried: list[tuple[answering.Carried, Entry, str]] = []
    for page in pages:
        entry, lines = _said(desk, page, by_project)
        after[entry.id] = entry
        carried += [(line, entry, page.order.field(line.question)) for line in lines]
    for line, source, field in carried:
        target = by_project[line.project]
        entry = after.get(target.entry.id, target.entry)
        entry = answering.joined(desk, target.project, entry, line, source)
        block = blocker_at(entry.questions)
        for at, (_, answer) in enumerate(entry.answers):
            checked(answer, at, block, field)
        after[entry.id] = entry
    return after


def _said(
    desk: Desk, page: _Page, by_project: Mapping[int, Asked]
) -> tuple[Entry, tuple[answering.Carried, ...]]:
    """The entry with what is said now; who skips keeps, unseen, what they had said before."""
    before, order = page.before.entry, page.order
    after = replace(before, state=order.state, posted_at=before.posted_at or desk.now)
    if order.state is State.POSTED and before.state is not State.POSTED:
        after = replace(after, posted_at=desk.now)  # whoever had skipped it says something now
    if order.state is not State.POSTED:
        return replace(after, blocked_item=None), ()
    block, stands = blocker_at(before.questions), page.before.as_written
    said = [*order.answers, *[""] * len(stands)][: len(stands)]
    for at, answer in enumerate(said):
        untouched = at < len(order.opened) and answer.strip() == order.opened[at].strip()
        keeps = untouched and order.seen != page.before.fingerprint
        said[at] = checked(stands[at] if keeps else answer, at, block, order.field(at))
    item = page.item(desk)
    after = replace(after, blocked_item=item.id if item else None)
    return answering.about(desk, page.before.project, after, said, by_project)


def checked(answer: str, at: int, block: int | None, field: str) -> str:
    answer = storable(answer).strip()
    longest = LONGEST_BLOCKER if at == block else LONGEST_ANSWER
    if len(answer) > longest:
        facts = {"length": str(len(answer)), "longest": str(longest)}
        raise BadInput(Why.TEXT_TOO_LONG, facts, field=field)
    return answer


def _written(desk: Desk, before: Entry, after: Entry) -> None:
    """Write what differs, with what was there before in the record."""
    if before.draft:
        standups.draft(desk.session, before.id, (), desk.now)
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
