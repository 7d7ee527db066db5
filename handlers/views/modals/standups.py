"""The forms of standups: how one is set, and what somebody answers."""

from collections.abc import Mapping
from typing import Any

from bot.errors import BadInput, Why
from bot.orders import AnswerStandup, SetStandup
from bot.outcome import Asked, StandupShown
from bot.project import CLOSED, Item, Project, Status
from bot.standups import (
    AT,
    DAYS,
    LONGEST_ANSWER,
    LONGEST_BLOCKER,
    LONGEST_QUESTION,
    MOST_PEOPLE,
    MOST_QUESTIONS,
    QUESTIONS,
    State,
    blocker_at,
    city,
    says_nothing,
)
from handlers.views.acts import Form, unpack
from handlers.views.kit import Block, View, bold, length, name, paragraph, quiet
from handlers.views.modals.fields import (
    LONGEST_OPTION_VALUE,
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
    select,
    text_input,
    text_of,
)
from handlers.views.modals.frame import modal
from handlers.views.standups import day_in_words

NONE = "-"
"""The option that marks nothing as blocked."""
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


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
    week = [option(str(number), day) for number, day in enumerate(_WEEK)]
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
        field("channel", "Channel of the report", select(channels, chosen or bound[0])),
        field(
            "report_at",
            "Time of the report",
            clock(plan.report_at if plan else None),
            hint=f"Time in {zone}. Left empty: 90 minutes after people are asked.",
            optional=True,
        ),
        field(
            "people",
            "Also ask",
            people([one for one in also if one], MOST_PEOPLE),
            hint="Besides those with an R or an A.",
            optional=True,
        ),
    ]
    return modal(Form.STANDUP, "Standup", "Save", blocks, {"p": project.key, "s": shown.seen})


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
    )


def answers(asked: Asked) -> View:
    """The answers of one day, with what was said before."""
    entry, project = asked.entry, asked.project
    block = blocker_at(entry.questions)
    blocks: list[Block] = [
        paragraph(bold(name(project.name)), f", {day_in_words(entry.day)}"),
    ]
    for number, (question, said) in enumerate(entry.answers):
        longest = LONGEST_BLOCKER if number == block else LONGEST_ANSWER
        entered = text_input(said, longest=longest, lines=True)
        blocks.append(field(f"a{number}", name(question, LONGEST_QUESTION), entered, optional=True))
        if number == block:
            blocks += _marking(project, entry.blocked_item)
    blocks.append(quiet("What you leave empty is left out."))
    return modal(Form.STANDUP_ANSWERS, "Standup", "Send", blocks, {"e": entry.id, "b": block})


def _marking(project: Project, blocked: int | None) -> list[Block]:
    """The choice of what the blocker blocks; what this standup marked before stays chosen."""
    usable = [
        item
        for item in project.items
        if item.status not in CLOSED and length(item.key) <= LONGEST_OPTION_VALUE
    ]
    if not usable:
        return []
    options = [option(NONE, "none"), *(option(item.key, item.title) for item in usable)]
    chosen = next((item.key for item in usable if _is_marked(item, blocked)), NONE)
    hint = "Moves it to blocked, with what you wrote as the reason."
    return [field("blocked", "Marks as blocked", select(options, chosen), hint=hint, optional=True)]


def _is_marked(item: Item, blocked: int | None) -> bool:
    return item.id == blocked and item.status is Status.BLOCKED


def read_answers(view: Mapping[str, Any]) -> AnswerStandup:
    """`BadInput` where nothing is said at all, or where what blocks something is left empty."""
    kept = unpack(view.get("private_metadata", ""))
    fields = [str(block.get("block_id", "")) for block in view["blocks"]]
    said = tuple(text_of(view, f"a{n}") for n in range(MOST_QUESTIONS) if f"a{n}" in fields)
    if not any(said):
        raise BadInput(Why.EMPTY_TEXT, {"field": "answers"}, "a0")
    chosen = option_of(view, "blocked")
    blocked = chosen if chosen not in (None, NONE) else None
    at = kept.get("b")
    if blocked and (not isinstance(at, int) or says_nothing(said[at])):
        raise BadInput(Why.REASON_NEEDED, {"status": Status.BLOCKED.words}, f"a{at}")
    number = kept.get("e")
    if not isinstance(number, int):
        raise ValueError("no standup is named")
    return AnswerStandup(number, State.POSTED, said, blocked)
