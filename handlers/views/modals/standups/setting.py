"""The form in which a standup is set."""

from collections.abc import Mapping
from typing import Any

from bot.errors import BadInput, Why
from bot.orders import SetStandup
from bot.project import Project
from bot.rounds import StandupShown
from bot.standups import (
    AT,
    DAYS,
    MOST_PEOPLE,
    MOST_QUESTIONS,
    QUESTIONS,
    city,
)
from bot.workdays import WEEK
from handlers.views.acts import Form, unpack
from handlers.views.kit import Block, View, bold, name, paragraph
from handlers.views.modals.fields import (
    MOST_OPTIONS,
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
from handlers.views.modals.frame import modal

BY_PERSON, BY_STAGE = "person", "stage"
REMIND = "once"
_ORDERS = [
    option(BY_PERSON, "By person"),
    option(BY_STAGE, "By stage", "What belongs to no stage comes last"),
]


def standup(shown: StandupShown, channel: str | None = None) -> View:
    """How a project's standup is to be; `channel` is where it was asked for.

    ValueError where the project has no channel that could take a report: see `has_channel`.
    """
    plan, project = shown.plan, shown.project
    channels = _channels(project)
    if not channels:
        raise ValueError("no channel to report to")
    bound = [one["value"] for one in channels]
    chosen = next((one for one in (plan and plan.channel, channel) if one in bound), None)
    also = [shown.people[key].slack_id for key in plan.people] if plan else []
    week = [option(str(number), day) for number, day in enumerate(WEEK)]
    zone = city(shown.zone)
    blocks: list[Block] = [
        paragraph(
            "Everybody with an R or an A of something open in ",
            bold(name(project.name)),
            " is asked in a direct message, at their own local time.",
        ),
        field(
            "questions",
            "Questions",
            text_input("\n".join(plan.questions if plan else QUESTIONS), lines=True),
            hint=(
                f"One a line, at most {MOST_QUESTIONS}. The one that says “block…” may mark a "
                "stage as blocked, and is told first."
            ),
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
        field("channel", "Channel of the report", select(channels, chosen or bound[0])),
        field(
            "report_at",
            "Time of the report",
            clock(plan.report_at if plan else None),
            hint=f"Time in {zone}. Left empty: when answers close, else 90 minutes after the time.",
            optional=True,
        ),
        field(
            "order",
            "Order of the report",
            radio(_ORDERS, BY_STAGE if plan and plan.by_stage else BY_PERSON),
            hint="What blocks somebody is told first, either way.",
        ),
        field(
            "reminds",
            "Reminder",
            checks(
                [option(REMIND, "Remind once who has not answered")],
                [REMIND] if plan is None or plan.reminds else [],
            ),
            hint="An hour after the question, in their working hours. Everybody may say no to it.",
            optional=True,
        ),
        field(
            "people",
            "Also ask",
            people([one for one in also if one], MOST_PEOPLE),
            hint="Besides those with an R or an A.",
            optional=True,
        ),
        *_group_field(shown),
    ]
    return modal(Form.STANDUP, "Standup", "Save", blocks, {"p": project.key, "s": shown.seen})


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
    return SetStandup(
        questions=tuple(text_of(view, "questions").splitlines()),
        days=frozenset(int(day) for day in options_of(view, "days")),
        at=at,
        channel=option_of(view, "channel") or "",
        report_at=clock_of(view, "report_at"),
        people=tuple(f"<@{user}>" for user in people_of(view, "people")),
        project=str(kept["p"]) if "p" in kept else None,
        seen=seen if isinstance(seen, int) else None,
        by_stage=option_of(view, "order") == BY_STAGE,
        closes_at=clock_of(view, "closes_at"),
        reminds=REMIND in options_of(view, "reminds"),
        group=option_of(view, "group") or "",
    )
