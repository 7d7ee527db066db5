"""Standups and digests, begun, set otherwise and ended."""

from collections.abc import Mapping

from bot.changes import (
    BriefEnded,
    BriefSet,
    DigestEnded,
    DigestSet,
    OwnBriefEnded,
    OwnBriefSet,
    OwnDigestEnded,
    OwnDigestSet,
    RoutineChange,
    StandupChange,
    StandupEnded,
    StandupSet,
)
from bot.people import Person
from bot.standups import Plan, city
from bot.telling.line import Line
from bot.workdays import days_in_words


def lines(change: RoutineChange, people: Mapping[int, Person]) -> tuple[Line, ...]:
    match change:
        case StandupSet() | StandupEnded():
            return _standup_lines(change, people)
        case DigestSet(before=before, after=after):
            return (Line("digest", before.words if before else "", after.words),)
        case DigestEnded(before=plan):
            return (Line("digest", plan.words, ""),)
        case OwnDigestSet(before=before, after=after):
            return (Line("own digest", before.words if before else "", after.words),)
        case OwnDigestEnded(before=plan):
            return (Line("own digest", plan.words, ""),)
        case BriefSet(before=before, after=after):
            return (Line("brief", before.words if before else "", after.words),)
        case BriefEnded(before=plan):
            return (Line("brief", plan.words, ""),)
        case OwnBriefSet(before=before, after=after):
            return (Line("own brief", before.words if before else "", after.words),)
        case OwnBriefEnded(before=plan):
            return (Line("own brief", plan.words, ""),)


def _standup_lines(change: StandupChange, people: Mapping[int, Person]) -> tuple[Line, ...]:
    """All of it where it begins or ends, else what is set otherwise."""
    if isinstance(change, StandupEnded):
        return (Line("standup", _asked_at(change.before), ""),)
    plan = change.after
    told_in = f"told in {change.is_in} at {_reported(plan)}, {_order(plan)}"
    begun = Line("standup", "", f"{_asked_at(plan)}, {told_in}")
    if change.before is None:
        return (begun,)
    told = (
        Line("standup", _asked_at(change.before), _asked_at(change.after)),
        Line("report", _reported(change.before), _reported(change.after)),
        Line("order of the report", _order(change.before), _order(change.after)),
        Line("reminder", _reminder(change.before), _reminder(change.after)),
        Line("standup channel", change.was_in, change.is_in),
        Line("questions", "\n".join(change.before.questions), "\n".join(change.after.questions)),
        Line("also asked", _names(change.before, people), _names(change.after, people)),
    )
    return tuple(line for line in told if line.before != line.after) or (begun,)


def _asked_at(plan: Plan) -> str:
    until = f" until {plan.closes_at:%H:%M}" if plan.closes_at else ""
    at = "from" if until else "at"
    return f"{days_in_words(plan.days)} {at} {plan.at:%H:%M}{until}, local time"


def _reported(plan: Plan) -> str:
    next_day = " the next day" if plan.is_overnight else ""
    return f"{plan.report_at:%H:%M}{next_day} in {city(plan.zone)}"


def _order(plan: Plan) -> str:
    return "by stage" if plan.by_stage else "by person"


def _reminder(plan: Plan) -> str:
    return "once" if plan.reminds else "none"


def _names(plan: Plan, people: Mapping[int, Person]) -> str:
    names = [people[key].name for key in plan.people if key in people]
    return ", ".join([*names, *([f"@{plan.group.handle}"] if plan.group else [])])
