"""Who may hold a letter, and who makes way for whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.changes import RolesChanged, Seat
from bot.deciding.access import refuse_outsider
from bot.deciding.projects import refuse_archived
from bot.deciding.stints import NOT_ASKED, Past, refuse_held
from bot.errors import Refused, SecondAccountable, Why
from bot.offers import ago
from bot.people import Person
from bot.project import (
    Assignment,
    Group,
    Holder,
    Item,
    Letter,
    PersonHolder,
    Project,
    Vacancy,
)
from bot.roles import title
from bot.stages import seed
from bot.telling import holder_name, holder_ref


def holders(assignments: Sequence[Assignment], letter: Letter) -> tuple[Assignment, ...]:
    return tuple(held for held in assignments if held.letter is letter)


def assign(
    project: Project,
    item: Item,
    letters: Sequence[Letter],
    holder: Holder,
    people: Mapping[int, Person],
    *,
    since: datetime,
    now: datetime,
    dated: bool = False,
    hand_over: bool = False,
    past: Past = NOT_ASKED,
) -> RolesChanged:
    """Give `letters` of an item to `holder`, from `since` on, which is not after `now`.

    A second Accountable, present or planned, raises `SecondAccountable` unless `hand_over`; a
    vacant seat is simply filled. Where the beginning was said (`dated`), that of somebody who holds
    the letter already is put right by it, earlier or later. Raises `Refused` for a holder who may
    not have it, a start at which somebody else was accountable who is not any more, or before they
    themselves had the letter until some day (of the `past`), an archived project, and where nothing
    would change.
    """
    refuse_archived(project)
    may_hold(letters, holder, people)
    refuse_outsider(project, holder, people)
    for letter in letters:
        refuse_held(item, letter, holder, people, past, since=since, now=now)
    ended: list[Assignment] = []
    voided: list[Assignment] = []
    shifted: list[Assignment] = []
    begun: list[Seat] = []
    for letter in dict.fromkeys(letters):
        own = [held for held in holders(item.assignments, letter) if held.holder == holder]
        if own and (not dated or any(held.since == since for held in own)):
            continue
        begun.append(Seat(letter, holder))
        voided.extend(own)
        if letter is Letter.A:
            shifted.extend(_before(item, own, since))
            known = item.accountable or holders(item.assignments, letter)
            others = [held for held in known if held not in shifted]
            wish = _Wish(holder, since, now, hand_over)
            ended.extend(_making_way(project, item, others, people, wish))
        elif isinstance(holder, PersonHolder) and not own:
            ended.extend(_vacancy(holders(item.assignments, letter)))
    if not begun:
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    return RolesChanged(
        project.id,
        item.id,
        tuple(ended),
        tuple(begun),
        since,
        voided=tuple(voided),
        shifted=tuple(shifted),
    )


def _before(item: Item, voided: Sequence[Assignment], since: datetime) -> Iterator[Assignment]:
    """Who gave way to an Accountable that began at another time, and so ends then instead."""
    began = {one.since for one in voided if one.letter is Letter.A and one.since is not None}
    for held in item.accountable:
        if held.until in began and (held.since is None or held.since <= since):
            yield held


@dataclass(frozen=True, slots=True)
class _Wish:
    """Who shall be accountable from when on, at a moment; `hand_over`: also where somebody is."""

    holder: Holder
    since: datetime
    now: datetime
    hand_over: bool


def _making_way(
    project: Project,
    item: Item,
    others: Iterable[Assignment],
    people: Mapping[int, Person],
    wish: _Wish,
) -> Iterator[Assignment]:
    """Every other Accountable from then on, who ends with the new one's beginning."""
    since, now = wish.since, wish.now
    for held in others:
        is_past = held.until is not None and held.until <= now
        if held.holder == wish.holder and not is_past and held.holds_at(now):
            continue
        if held.until is not None and held.until <= since:
            continue
        if isinstance(held.holder, Vacancy):
            yield held
            continue
        is_planned = held.since is not None and held.since > now
        if is_past or (not is_planned and held.since is not None and held.since > since):
            raise Refused(Why.BAD_DATE, {"item": item.title}, field="since")
        if not wish.hand_over and held.holder != wish.holder:
            raise second(project, item, held, wish.holder, people, now)
        yield held


def second(
    project: Project,
    item: Item,
    held: Assignment,
    wanted: Holder,
    people: Mapping[int, Person],
    now: datetime,
) -> SecondAccountable:
    """That somebody is accountable already; and, of the last hour, since when and by whom."""
    who = people.get(held.set_by or 0)
    by = who.name if who else "the operator"
    is_fresh = now - held.recorded_at < _FRESH
    return SecondAccountable(
        project_key=project.key,
        item_key=item.key,
        item_title=item.title,
        project_name=project.name,
        present=holder_name(held.holder, people),
        since=held.since,
        wanted=holder_name(wanted, people),
        wanted_ref=holder_ref(wanted, people),
        item_version=item.version,
        changed=f"{ago(held.recorded_at, now)} by {by}" if is_fresh else "",
    )


_FRESH = timedelta(hours=1)


def _vacancy(present: Sequence[Assignment]) -> list[Assignment]:
    """The one vacant seat that somebody new sits on."""
    return [held for held in present if isinstance(held.holder, Vacancy)][:1]


def may_hold(letters: Sequence[Letter], holder: Holder, people: Mapping[int, Person]) -> None:
    """Raise `Refused` for a bot, for somebody who has left, and for an accountable guest or
    group.
    """
    match holder:
        case PersonHolder(person=key):
            person = people[key]
            if person.is_bot:
                raise Refused(Why.HOLDER_IS_BOT, {"name": person.name}, field="holder")
            if not person.active:
                left = person.left_on.isoformat() if person.left_on else ""
                raise Refused(Why.HOLDER_LEFT, {"name": person.name, "on": left}, field="holder")
            if person.is_guest and Letter.A in letters:
                raise Refused(Why.GUEST_ACCOUNTABLE, {"name": person.name}, field="holder")
        case Group(handle=handle) if Letter.A in letters:
            raise Refused(Why.GROUP_ACCOUNTABLE, {"group": handle}, field="holder")
        case _:
            pass


def clear(
    project: Project,
    item: Item,
    letters: Sequence[Letter],
    holder: Holder | None,
    people: Mapping[int, Person],
    *,
    since: datetime,
) -> RolesChanged:
    """Take letters away, from one holder or (None) from all; `Refused` where nobody holds them.

    Where somebody was accountable, a vacant seat stays behind, for the role that is wanted, until
    whoever is planned to be accountable next.
    """
    refuse_archived(project)
    ended = tuple(
        held
        for held in item.assignments
        if held.letter in letters and (holder is None or held.holder == holder)
    )
    if not ended:
        raise Refused(Why.NOT_HELD, {"item": item.title, "letters": "/".join(letters)})
    seats = [vacated(item, held, people) for held in ended if held.letter is Letter.A]
    until = next_begins(item, since)
    begun = tuple(Seat(Letter.A, seat, until) for seat in seats if seat is not None)
    return RolesChanged(project.id, item.id, ended, begun, since)


def next_begins(item: Item, since: datetime) -> datetime | None:
    """When somebody is planned to be accountable who is not at `since`: whoever is until then must
    end there.
    """
    ahead = (one.since for one in item.accountable if one.since is not None and one.since > since)
    return min(ahead, default=None)


def vacated(item: Item, held: Assignment, people: Mapping[int, Person]) -> Vacancy | None:
    """The seat that somebody leaves empty: for the role that it was vacant for before, else their
    own, else the usual one of such a stage. None where no role is known.
    """
    if not isinstance(held.holder, PersonHolder):
        return None
    person = people.get(held.holder.person)
    earlier = [one.holder.role for one in item.accountable if isinstance(one.holder, Vacancy)]
    own = [title(person.role) if person.role else "", person.job_title] if person else []
    usual = [title(role) for letter, role in seed(item.key) if letter is Letter.A]
    role = next((role for role in (*earlier[-1:], *own, *usual) if role), "")
    return Vacancy(role) if role else None
