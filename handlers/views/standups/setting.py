"""How a standup is set, who is in it, and what is in its way."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.people import Person
from bot.project import Group, Project
from bot.rounds import StandupShown
from bot.standups import MissedDay, Plan, Trouble, city, is_asked_after, report_day
from bot.workdays import days_in_words
from handlers.views import lateness
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    actions,
    bold,
    bullets,
    button,
    counted,
    listed,
    message,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart
from handlers.views.standups.days import day_in_words

MOST_MISSED = 5
_NOBODY = "Nobody is in it yet: give somebody an R or an A, or name them."
_NOBODY_OF_A_TEAM = (
    "Nobody is in it yet: I ask Slack every half hour who is in the user group and, of a private "
    "channel, who is in there."
)


def shown(shown: StandupShown) -> Message:
    """How a project's standup is set, who is in, and when they are asked next."""
    plan, people = shown.plan, told_apart(shown.people)
    title = name(shown.project.name)
    if plan is None:
        return message(
            paragraph(bold(title), " has no standup."),
            actions(_set_button(shown, "Set one up", primary=True)),
        )
    until = f", with time until {plan.closes_at:%H:%M}" if plan.closes_at else ""
    when = f"{days_in_words(plan.days)} at {plan.at:%H:%M}, local time{until}"
    next_day = " the next day" if plan.is_overnight else ""
    by = people.get(shown.set_by) if shown.set_by is not None else None
    return message(
        paragraph(bold(title), f": everybody is asked {when}."),
        paragraph(f"It rests: {rests(shown.project, shown.trouble)}") if shown.trouble else {},
        bullets([[question] for question in plan.questions]),
        paragraph(
            f"The report goes to {name(shown.channel)} at {plan.report_at:%H:%M} in "
            f"{city(plan.zone)}{next_day}, by {'stage' if plan.by_stage else 'person'}."
        ),
        _asked_after(shown, plan, people),
        paragraph(
            "Who has not answered is reminded once." if plan.reminds else "Nobody is reminded."
        ),
        paragraph(bold(f"{counted(len(shown.seats), 'person is', 'people are')} asked"))
        if shown.seats
        else paragraph(_NOBODY_OF_A_TEAM if shown.project.group else _NOBODY),
        _group(shown, plan.group),
        _seats(shown, people),
        [_missed(one) for one in shown.missed[:MOST_MISSED]],
        quiet(
            f"Set by {name(by.name) if by else 'the operator'}.",
            f"What people write is deleted after {counted(shown.kept_days, 'day', 'days')}."
            if shown.kept_days
            else "",
        ),
        actions(_set_button(shown, "Change")),
    )


def _asked_after(shown: StandupShown, plan: Plan, people: Mapping[int, Person]) -> Block:
    """Whose morning comes only when the report was told."""
    if shown.next_report is None:
        return {}
    day = report_day(plan, shown.next_report)
    names = [
        name(people[seat.person].name)
        for seat in shown.seats
        if seat.person in people and is_asked_after(plan, seat.zone, day)
    ]
    if not names:
        return {}
    who = f"{listed(names)} {'is' if len(names) == 1 else 'are'}"
    return paragraph(f"{who} asked only after that; what they say is added to it.")


def _group(shown: StandupShown, group: Group | None) -> Block:
    """The user group that is in, and whether Slack tells who that is."""
    if group is None:
        return {}
    known = next((one for one in shown.groups if one.slack_id == group.slack_id), None)
    handle = name(f"@{(known or group).handle}")
    if known is None:
        return paragraph(
            f"The user group {handle} is in, but Slack does not tell who that is: it is gone, or I "
            "have no scope usergroups:read. Choose another one with /charter standup."
        )
    if shown.project.group is not None:
        there = ", and in the channel," if shown.project.private else ""
        return paragraph(f"Whoever is in the user group{there} is asked.")
    return paragraph(f"Whoever is in the user group {handle} is asked, too.")


def no_groups() -> Message:
    """That there is no user group whose standup it could be."""
    return message(
        paragraph(
            "I know no Slack user group. Make one in Slack, or let an admin grant me the scope "
            "usergroups:read, and try again in half an hour."
        )
    )


def _seats(shown: StandupShown, people: Mapping[int, Person]) -> list[Block]:
    if not shown.seats:
        return []
    rows = [
        f"{name(people[seat.person].name)}: "
        + (_moment(seat.next_ask, seat.zone) if seat.next_ask else "away")
        for seat in shown.seats
    ]
    return [bullets([[row] for row in rows], 40)]


def _missed(told: MissedDay) -> Block:
    """A day on which the standup did not come, and why."""
    whom = f"{counted(told.people, 'person was', 'people were')} not asked" if told.people else ""
    report = "nothing was reported" if told.is_unreported else ""
    what = ", and ".join(part for part in (whom, report) if part)
    day = day_in_words(told.day)
    return paragraph(bold("Missed "), f"{day}: {what}; ", *lateness.why(told.down), ".")


def _set_button(shown: StandupShown, label: str, *, primary: bool = False) -> Block | None:
    if shown.project.archived_at:
        return None
    style = "primary" if primary else None
    spoken = f"{label}: the standup of {name(shown.project.name, 40)}"
    value = {"p": shown.project.key}
    return button(label, Act.STANDUP_OPEN, value, style=style, spoken=spoken)


def _moment(moment: datetime, zone: str) -> str:
    there = moment.astimezone(ZoneInfo(zone))
    return f"next {there:%A} {there.day} {there:%B} at {there:%H:%M} in {city(zone)}"


def rests(project: Project, trouble: Trouble) -> str:
    """Why nobody is asked, and what to do about it."""
    return (_TEAM_RESTS if project.group else _RESTS)[trouble]


_RESTS = {
    Trouble.ARCHIVED: "the project is archived. It goes on when the project is back.",
    Trouble.UNBOUND: (
        "its channel does not belong to the project any more. Bind it again with /charter "
        "bind, or choose another one with /charter standup."
    ),
    Trouble.EXPOSED: (
        "the project is private and the channel is not. Choose a private channel with "
        "/charter standup."
    ),
    Trouble.TURNED: (
        "its channel has become private, or is private no more, and what was said in it is not for "
        "others. Begin it again there with /charter standup @GROUP."
    ),
    Trouble.SHARED: (
        "its channel is shared with another organisation. Choose another one with /charter standup."
    ),
    Trouble.GONE: (
        "its channel is archived or deleted, or I am not in it any more. Unarchive it or "
        "/invite me, or choose another one with /charter standup."
    ),
    Trouble.REFUSED: (
        "Slack did not take the last report. Invite me to the channel, or choose another one, "
        "and save it again with /charter standup."
    ),
}
_ANOTHER = "say /charter standup @GROUP in another one."
_TEAM_RESTS = {
    **_RESTS,
    Trouble.SHARED: f"its channel is shared with another organisation: {_ANOTHER}",
    Trouble.GONE: (
        "its channel is archived or deleted, or I am not in it any more. Unarchive it or "
        f"/invite me, or {_ANOTHER}"
    ),
    Trouble.REFUSED: (
        "Slack did not take the last report. Invite me to the channel and save it again with "
        f"/charter standup, or {_ANOTHER}"
    ),
}


def resting(project: Project, trouble: Trouble) -> Message:
    """To whoever set it: nobody is asked, and why."""
    return message(
        paragraph(
            "The standup of ", bold(name(project.name)), f" rests: {rests(project, trouble)}"
        ),
        quiet("Until then nobody is asked and nothing is reported. I say this once."),
    )
