"""The pure functions that decide how a standup is set: a wish in, a change or an error out."""

from collections.abc import Sequence
from datetime import time

from bot.changes import StandupEnded, StandupSet
from bot.deciding import storable
from bot.errors import BadInput, Refused, Why
from bot.orders import AdjustStandup, SetStandup
from bot.people import Person
from bot.project import Channel, Group, Project
from bot.standups import (
    AT,
    DAYS,
    LONGEST_QUESTION,
    MOST_PEOPLE,
    MOST_QUESTIONS,
    QUESTIONS,
    Plan,
    report_time,
)

_DAY = 24 * 60
_LATEST_REPORT = 18 * 60
"""Minutes after the question, where the report comes on the next day."""


def set_standup(
    project: Project,
    before: Plan | None,
    wish: SetStandup,
    also: Sequence[Person],
    zone: str,
    *,
    group: Group | None = None,
    again: bool = False,
) -> StandupSet:
    """Begin a standup, or set it otherwise; its zone stays that of whoever began it.

    `also` are the people that the wish names and `group` the user group; `zone` is that of who sets
    it. `again` lets it be set as it is, which is another try where Slack refused the last report.
    Raises `BadInput` for what cannot be asked, `Refused` for an archived project, a channel that
    does not belong to the project (or is open to all, where the project is not), for stages that a
    team does not have, and where nothing would change.
    """
    if project.archived_at:
        raise Refused(Why.ARCHIVED, {"project": project.name, "key": project.key})
    if project.group is not None and wish.by_stage:
        raise Refused(Why.TEAM_STAGES, {"project": project.name}, field="order")
    if not wish.days:
        raise BadInput(Why.EMPTY_TEXT, {"field": "days"}, field="days")
    if wish.closes_at == wish.at:
        raise BadInput(Why.NO_WINDOW, {"time": f"{wish.at:%H:%M}"}, field="closes_at")
    _refuse_report(wish.at, wish.report_at)
    after = Plan(
        questions=_questions(wish.questions),
        days=wish.days,
        at=wish.at,
        zone=before.zone if before else zone,
        report_at=wish.report_at or report_time(wish.at, wish.closes_at),
        channel=wish.channel,
        people=_named(also),
        by_stage=wish.by_stage,
        closes_at=wish.closes_at,
        reminds=wish.reminds,
        group=group,
    )
    if after == before and not again:
        raise Refused(Why.NOTHING_CHANGES, {"item": project.name}, field="questions")
    was_in = _recorded(project, before) if before else ""
    return StandupSet(project.id, before, after, was_in, _channel(project, wish.channel))


def _refuse_report(at: time, report_at: time | None) -> None:
    """A report of the next day may come up to 18 hours later; "9:30, report 9:00" means neither."""
    if report_at is None:
        return
    minutes = (report_at.hour - at.hour) * 60 + report_at.minute - at.minute
    if minutes <= 0 and not 0 < minutes % _DAY <= _LATEST_REPORT:
        facts = {"time": f"{at:%H:%M}", "report": f"{report_at:%H:%M}"}
        raise BadInput(Why.REPORT_BEFORE, facts, field="report_at")


def adjusted(
    project: Project, before: Plan | None, said: AdjustStandup, here: str | None
) -> SetStandup:
    """The whole wish behind a few words: what they leave out stays as it is, or is as usual.

    A new standup is told in the channel `here`, or else in the first one that may know. `Refused`
    where there is none.
    """
    at = said.at or (before.at if before else AT)
    closes_at = said.closes_at or (before.closes_at if before else None)
    moved = said.at is not None or said.closes_at is not None or said.never_closes
    report_at = said.report_at or (before.report_at if before and not moved else None)
    by_stage = before is not None and before.by_stage
    reminds = before is None or before.reminds
    group = before.group.slack_id if before and before.group else ""
    return SetStandup(
        questions=before.questions if before else QUESTIONS,
        days=said.days or (before.days if before else DAYS),
        at=at,
        channel=_told_in(project, before, said.channel, here),
        report_at=report_at,
        project=said.project,
        by_stage=by_stage if said.by_stage is None else said.by_stage,
        closes_at=None if said.never_closes else closes_at,
        reminds=reminds if said.reminds is None else said.reminds,
        group=group if said.group is None else said.group,
    )


def _told_in(project: Project, before: Plan | None, named: str | None, here: str | None) -> str:
    if named is not None:
        called = named.removeprefix("#")
        found = (one for one in project.channels if called in (one.slack_id, one.name))
        return next((one.slack_id for one in found if one.slack_id), "")
    if before is not None:
        return before.channel
    usable = [one.slack_id for one in project.channels if one.slack_id and project.is_told_in(one)]
    if not usable:
        raise Refused(Why.STANDUP_NOWHERE, {"project": project.name})
    return here if here in usable and here is not None else usable[0]


def end_standup(project: Project, before: Plan | None) -> StandupEnded:
    if before is None:
        raise Refused(Why.NO_STANDUP, {"project": project.name})
    return StandupEnded(project.id, before, _recorded(project, before))


def channel_name(project: Project, plan: Plan) -> str:
    """The channel of a plan, in words for whoever sees the project."""
    found = _channel_of(project, plan)
    return project.channel_words(found) if found else "a channel"


def _recorded(project: Project, plan: Plan) -> str:
    """In words for the record, which outlasts that a project is private."""
    found = _channel_of(project, plan)
    return found.words if found else "a channel"


def _channel_of(project: Project, plan: Plan) -> Channel | None:
    return next((one for one in project.channels if one.slack_id == plan.channel), None)


def _channel(project: Project, slack_id: str) -> str:
    for channel in project.channels:
        if channel.slack_id == slack_id:
            if not project.is_told_in(channel):
                raise Refused(Why.STANDUP_EXPOSED, {"project": project.name}, field="channel")
            return channel.words
    raise Refused(Why.STANDUP_CHANNEL, {"project": project.name}, field="channel")


def _questions(said: Sequence[str]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(line for one in said if (line := " ".join(storable(one).split()))))
    if not asked:
        raise BadInput(Why.EMPTY_TEXT, {"field": "questions"}, field="questions")
    _few(len(asked), MOST_QUESTIONS, "questions")
    for question in asked:
        if len(question) > LONGEST_QUESTION:
            facts = {"length": str(len(question)), "longest": str(LONGEST_QUESTION)}
            raise BadInput(Why.TEXT_TOO_LONG, facts, field="questions")
    return asked


def _named(also: Sequence[Person]) -> tuple[int, ...]:
    for person in also:
        if person.is_bot:
            raise Refused(Why.HOLDER_IS_BOT, {"name": person.name}, field="people")
        if not person.active:
            raise Refused(Why.HOLDER_LEFT, {"name": person.name, "on": ""}, field="people")
    named = tuple(sorted({person.id for person in also}))
    _few(len(named), MOST_PEOPLE, "people")
    return named


def _few(number: int, most: int, field: str) -> None:
    if number > most:
        facts = {"field": field, "length": str(number), "longest": str(most)}
        raise BadInput(Why.TOO_MANY, facts, field=field)
