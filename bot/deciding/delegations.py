"""Whether somebody may act for somebody else."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from bot import acting
from bot.changes import DelegationEnded, DelegationSet
from bot.deciding.texts import LONGEST_NAME, checked_text
from bot.errors import BadInput, Refused, Why
from bot.people import Delegation, Person
from bot.project import Project


def delegate(
    owner: Person,
    deputy: Person,
    days: tuple[date, date],
    today: date,
    present: Iterable[Delegation],
    *,
    only_in: int | None = None,
    reason: str = "",
    unseen: Sequence[Project] = (),
) -> DelegationSet:
    """Let `deputy` act for `owner` from the first to the last of `days`, both included.

    `today` is the day where the owner lives, `present` are the delegations that stand, `unseen` the
    projects where the owner holds letters and that the deputy may not know of. `Refused` for those,
    for a bot, somebody who has left or is from outside, and for days that have somebody already.
    """
    first, last = days
    if last < first:
        raise BadInput(Why.BAD_PERIOD, {"date": last.isoformat()}, field="until")
    if last < today:
        raise BadInput(Why.PAST_DATE, {"date": last.isoformat()}, field="until")
    _refuse_deputy(owner, deputy)
    for one in present:
        same = one.person == owner.id and one.project == only_in
        if same and one.start <= last and first <= one.end:
            days_of = {"from": one.start.isoformat(), "until": one.end.isoformat()}
            raise Refused(Why.DELEGATED, {"name": owner.name, **days_of}, field="from")
    if unseen:
        facts = {"name": deputy.name, "project": unseen[0].name}
        raise Refused(Why.DELEGATE_BLIND, facts, field="holder")
    if reason:
        reason = checked_text(reason, LONGEST_NAME, "reason")
    return DelegationSet(owner.id, deputy.id, first, last, only_in, reason)


def _refuse_deputy(owner: Person, deputy: Person) -> None:
    if deputy.id == owner.id:
        raise Refused(Why.DELEGATE_SELF, {"name": owner.name}, field="holder")
    if deputy.is_bot:
        raise Refused(Why.HOLDER_IS_BOT, {"name": deputy.name}, field="holder")
    if not deputy.active:
        left = deputy.left_on.isoformat() if deputy.left_on else ""
        raise Refused(Why.HOLDER_LEFT, {"name": deputy.name, "on": left}, field="holder")
    if deputy.is_outside or deputy.is_guest:
        raise Refused(Why.DELEGATE_OUTSIDE, {"name": deputy.name}, field="holder")


def ended_by_leaving(
    present: Iterable[Delegation], gone: int, people: Mapping[int, Person], now: datetime
) -> tuple[DelegationEnded, ...]:
    """What is over as somebody leaves: what they were to do for others, and others for them. What
    was over before, where its owner lives, stays as it was.
    """
    return tuple(
        end_delegation(one)
        for one in present
        if gone in (one.person, one.delegate) and one.end >= acting.today(people[one.person], now)
    )


def end_delegation(found: Delegation) -> DelegationEnded:
    """Call it off."""
    return DelegationEnded(
        found.id, found.person, found.delegate, found.start, found.end, found.project
    )
