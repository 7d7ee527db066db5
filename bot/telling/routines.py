"""Standups, digests, briefs and files, begun, set otherwise and ended."""

from collections.abc import Mapping

from bot.changes import (
    BriefEnded,
    BriefSet,
    DigestEnded,
    DigestSet,
    ExportEnded,
    ExportSet,
    OwnBriefEnded,
    OwnBriefSet,
    OwnDigestEnded,
    OwnDigestSet,
    OwnExportEnded,
    OwnExportSet,
    RoutineChange,
    StandupChange,
    StandupEnded,
    StandupSet,
)
from bot.people import Person
from bot.standups import Plan, city
from bot.telling.line import Line
from bot.workdays import days_in_words

_Ended = DigestEnded | OwnDigestEnded | BriefEnded | OwnBriefEnded | ExportEnded | OwnExportEnded
_NAMES: Mapping[type, str] = {
    DigestSet: "digest",
    DigestEnded: "digest",
    OwnDigestSet: "own digest",
    OwnDigestEnded: "own digest",
    BriefSet: "brief",
    BriefEnded: "brief",
    OwnBriefSet: "own brief",
    OwnBriefEnded: "own brief",
    # Not what it is of: a line that is of no project is read by more people than may know of it.
    ExportSet: "export",
    ExportEnded: "export",
    OwnExportSet: "own export",
    OwnExportEnded: "own export",
}


def lines(change: RoutineChange, people: Mapping[int, Person]) -> tuple[Line, ...]:
    if isinstance(change, StandupSet | StandupEnded):
        return _standup_lines(change, people)
    after = None if isinstance(change, _Ended) else change.after
    was, now = (plan.words if plan else "" for plan in (change.before, after))
    return (Line(_NAMES[type(change)], was, now),)


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
