"""`milestone` and `milestones`."""

from collections.abc import Sequence
from datetime import date

from bot.commands.orders import Order
from bot.commands.planned import MilestoneOrder, ShowMilestone, ShowMilestones
from bot.commands.reading import (
    project_of,
    read_date,
    reference,
    with_note,
    with_project,
    without_project,
)
from bot.commands.speaking import name_word, own_text, within
from bot.commands.words import Word, joined, unwrapped, words
from bot.errors import BadInput, Why
from bot.orders import MeetMilestone, MoveMilestone, RemoveMilestone, SetMilestone

_AWAY = {"remove": True, "delete": True, "drop": True, "back": False, "restore": False}
_MOVED = {"moved", "move", "moves", "slips", "slipped"}
_MET = {"met", "reached"}
_BEFORE_A_DAY = {"to", "on", "by", "due"}
_LONGEST_DAY = 4


def read_milestone(rest: str, today: date) -> Order:
    """A milestone: set, moved, met, removed, or looked at."""
    head, note = with_note(rest)
    some, project = without_project(words(head))
    if note is not None:
        text, quoted_project = with_project(note)
        note, project = unwrapped(text), project or quoted_project
    if not some:
        return ShowMilestones(project)
    if len(some) > 1 and some[-1].key in _AWAY:
        return RemoveMilestone(_name(some[:-1]), _AWAY[some[-1].key], project)
    for at in range(1, len(some)):
        if some[at].key in _MOVED:
            day = _day(some[at + 1 :], today, ahead=True)
            return MoveMilestone(_name(some[:at]), day, note or "", project)
        if some[at].key in _MET:
            after = some[at + 1 :]
            day_or_today = _day(after, today, ahead=False) if after else None
            return MeetMilestone(_name(some[:at]), day_or_today, project)
    return _dated(some, project, today)


def _dated(some: Sequence[Word], project: str | None, today: date) -> Order:
    """`NAME DATE [for ITEM]`; the name alone where no day follows it."""
    item = None
    for at in range(len(some) - 1, 0, -1):
        if some[at].key == "for" and (named := _split(some[:at], today)):
            item = reference(some[at + 1 :], "item")
            return SetMilestone(_name(named[0]), named[1], item, project)
    named = _split(some, today)
    if named is None:
        return ShowMilestone(_name(some), project)
    return SetMilestone(_name(named[0]), named[1], item, project)


def _split(some: Sequence[Word], today: date) -> tuple[Sequence[Word], date] | None:
    """The name and the day behind it."""
    for at in range(max(1, len(some) - _LONGEST_DAY), len(some)):
        try:
            day = read_date(joined(some[at:]), today, ahead=True)
        except BadInput:
            continue
        name = some[: at - 1] if at > 1 and some[at - 1].key in _BEFORE_A_DAY else some[:at]
        return name, day
    return None


def _day(some: Sequence[Word], today: date, *, ahead: bool) -> date:
    if some and some[0].key in _BEFORE_A_DAY:
        some = some[1:]
    if not some:
        raise BadInput(Why.EMPTY_TEXT, {"field": "date"}, field="date")
    return read_date(joined(some), today, ahead=ahead)


def _name(some: Sequence[Word]) -> str:
    return reference(some, "milestone")


def read_milestones(rest: str, today: date) -> Order:
    return ShowMilestones(project_of(rest))


def milestone_spoken(order: MilestoneOrder) -> str:
    """The command that `read_milestone` and `read_milestones` read back."""
    if isinstance(order, ShowMilestones):
        return f"milestones{within(order.project)}"
    return f"milestone {name_word(order.name)}{_told(order)}"


def _told(
    order: ShowMilestone | SetMilestone | MoveMilestone | MeetMilestone | RemoveMilestone,
) -> str:
    where = within(order.project)
    match order:
        case ShowMilestone():
            return where
        case SetMilestone(due=due, item=item):
            return f" {due.isoformat()}{f' for {name_word(item)}' if item else ''}{where}"
        case MoveMilestone(due=due, reason=reason):
            why = f" because {own_text(reason)}" if reason else ""
            return f" moved to {due.isoformat()}{where}{why}"
        case MeetMilestone(day=day):
            return f" met{f' on {day.isoformat()}' if day else ''}{where}"
        case RemoveMilestone(removed=removed):
            return f" {'remove' if removed else 'back'}{where}"
