"""The form in which a standup is set."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.errors import BadInput, Why
from bot.orders import SetStandup
from bot.project import Project
from bot.rounds import StandupShown, TeamsShown
from bot.standups import (
    AT,
    DAYS,
    MOST_PEOPLE,
    MOST_QUESTIONS,
    QUESTIONS,
    Plan,
    city,
)
from bot.teams import key_of
from bot.workdays import WEEK
from handlers.views.acts import Form, unpack
from handlers.views.kit import Block, View, bold, name, paragraph
from handlers.views.modals.fields import (
    MOST_OPTIONS,
    channel_of,
    checks,
    clock,
    clock_of,
    field,
    option,
    option_of,
    options_of,
    people,
    people_of,
    radio,
    select,
    text_input,
    text_of,
)
from handlers.views.modals.fields import channel as pick_channel
from handlers.views.modals.frame import modal

BY_PERSON, BY_STAGE = "person", "stage"
REMIND = "once"
CHOSEN = "-"
"""In the place of a channel: it is chosen in the form."""
_ORDERS = [
    option(BY_PERSON, "By person"),
    option(BY_STAGE, "By stage", "What belongs to no stage comes last"),
]


def standup(shown: StandupShown, channel: str | None = None) -> View:
    """How the standup of a project, or of a team, is to be; `channel` is where it was asked for.

    ValueError where the project has no channel that could take a report: see `has_channel`.
    """
    plan, project = shown.plan, shown.project
    channels = _channels(project)
    if not channels:
        raise ValueError("no channel to report to")
    bound = [one["value"] for one in channels]
    chosen = next((one for one in (plan and plan.channel, channel) if one in bound), None)
    also = [shown.people[key].slack_id for key in plan.people] if plan else []
    is_team = project.group is not None
    whom = "Whoever is in " if is_team else "Everybody with an R or an A of something open in "
    blocks: list[Block] = [
        paragraph(
            whom,
            bold(name(project.name)),
            " is asked in a direct message, at their own local time.",
        ),
        *_asking(plan, is_team=is_team),
        field("channel", "Channel of the report", select(channels, chosen or bound[0])),
        _report_at(plan, shown.zone),
        *([] if is_team else [_order(plan)]),
        _reminder(plan),
        _people([one for one in also if one], is_team=is_team),
        *([] if is_team else _group_field(shown)),
    ]
    return modal(Form.STANDUP, "Standup", "Save", blocks, {"p": project.key, "s": shown.seen})


def team_standup(found: TeamsShown) -> View:
    """The standup of a user group that has none yet: which group, and in which channel where that
    is not known. ValueError where Slack tells of no user group.
    """
    if not found.groups:
        raise ValueError("no user group")
    options = [option(one.slack_id, f"@{one.handle}") for one in found.groups]
    blocks: list[Block] = [
        paragraph(
            "Whoever is in a Slack user group is asked in a direct message, at their own local "
            "time. It takes no project."
        ),
        field("group", "User group", select(options)),
        *_asking(None, is_team=True),
    ]
    if found.channel:
        blocks.append(paragraph("The report is told in ", bold(name(found.channel_name)), "."))
    else:
        hint = "Invite me there first, with /invite @Charter."
        blocks.append(field("into", "Channel of the report", pick_channel(), hint=hint))
    blocks += [_report_at(None, found.zone), _reminder(None), _people([], is_team=True)]
    return modal(
        Form.STANDUP, "Team standup", "Save", blocks, {"t": found.channel or CHOSEN, "s": 0}
    )


def _asking(plan: Plan | None, *, is_team: bool) -> list[Block]:
    """What is asked, on which days, from when until when."""
    marks = "is told first." if is_team else "may mark a stage as blocked, and is told first."
    week = [option(str(number), day) for number, day in enumerate(WEEK)]
    return [
        field(
            "questions",
            "Questions",
            text_input("\n".join(plan.questions if plan else QUESTIONS), lines=True),
            hint=f"One a line, at most {MOST_QUESTIONS}. The one that says “block…” {marks}",
        ),
        field("days", "Days", checks(week, [str(day) for day in (plan.days if plan else DAYS)])),
        field("at", "Time", clock(plan.at if plan else AT), hint="Local time of each person."),
        field(
            "closes_at",
            "Answers until",
            clock(plan.closes_at if plan else None),
            hint="Local time of each person. What comes later is late; left empty, nothing is.",
            optional=True,
        ),
    ]


def _report_at(plan: Plan | None, zone: str) -> Block:
    return field(
        "report_at",
        "Time of the report",
        clock(plan.report_at if plan else None),
        hint=(
            f"Time in {city(zone)}. Left empty: when answers close, else 90 minutes after the time."
        ),
        optional=True,
    )


def _order(plan: Plan | None) -> Block:
    return field(
        "order",
        "Order of the report",
        radio(_ORDERS, BY_STAGE if plan and plan.by_stage else BY_PERSON),
        hint="What blocks somebody is told first, either way.",
    )


def _reminder(plan: Plan | None) -> Block:
    return field(
        "reminds",
        "Reminder",
        checks(
            [option(REMIND, "Remind once who has not answered")],
            [REMIND] if plan is None or plan.reminds else [],
        ),
        hint="An hour after the question, in their working hours. Everybody may say no to it.",
        optional=True,
    )


def _people(named: Sequence[str], *, is_team: bool) -> Block:
    besides = "who is in the user group" if is_team else "those with an R or an A"
    return field(
        "people",
        "Also ask",
        people(named, MOST_PEOPLE),
        hint=f"Besides {besides}.",
        optional=True,
    )


def _group_field(shown: StandupShown) -> list[Block]:
    """The user group, where there are any; the one that is in may be gone from Slack."""
    chosen = shown.plan.group if shown.plan else None
    known = [one for one in shown.groups if chosen is None or one.slack_id != chosen.slack_id]
    options = [
        option(one.slack_id, f"@{one.handle}") for one in (*([chosen] if chosen else []), *known)
    ]
    if not options:
        return []
    return [
        field(
            "group",
            "User group",
            select(options, chosen.slack_id if chosen else None),
            hint="Whoever is in this Slack user group is asked, too.",
            optional=True,
        )
    ]


def has_channel(project: Project) -> bool:
    """Whether there is a channel that a report may go to."""
    return bool(_channels(project))


def _channels(project: Project) -> list[Block]:
    return [
        option(one.slack_id, project.channel_words(one))
        for one in project.channels
        if one.slack_id and project.is_told_in(one)
    ][:MOST_OPTIONS]


def read_standup(view: Mapping[str, Any]) -> SetStandup:
    kept = unpack(view.get("private_metadata", ""))
    at = clock_of(view, "at")
    if at is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "time"}, "at")
    seen = kept.get("s")
    group, channel = option_of(view, "group") or "", option_of(view, "channel") or ""
    project = str(kept["p"]) if "p" in kept else None
    if "t" in kept:
        channel = channel_of(view, "into") if kept["t"] == CHOSEN else str(kept["t"])
        project = key_of(group, channel, is_private=False)
    return SetStandup(
        questions=tuple(text_of(view, "questions").splitlines()),
        days=frozenset(int(day) for day in options_of(view, "days")),
        at=at,
        channel=channel,
        report_at=clock_of(view, "report_at"),
        people=tuple(f"<@{user}>" for user in people_of(view, "people")),
        project=project,
        seen=seen if isinstance(seen, int) else None,
        by_stage=option_of(view, "order") == BY_STAGE,
        closes_at=clock_of(view, "closes_at"),
        reminds=REMIND in options_of(view, "reminds"),
        group=group,
    )
