"""Standups: the question to one person, how one is set, and the report to the channel."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.outcome import Asked, StandupShown
from bot.people import Person
from bot.standups import (
    QUESTIONS,
    Entry,
    Report,
    State,
    Trouble,
    blocker,
    blocker_at,
    city,
    days_in_words,
)
from handlers.views import changes
from handlers.views.acts import Act
from handlers.views.kit import (
    LONGEST_TEXT,
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    counted,
    cut,
    in_words,
    length,
    message,
    name,
    paragraph,
    piece,
    quiet,
)
from handlers.views.names import told_apart

PAGE_BLOCKS = 45
PAGE_LENGTH = 6000
"""What one message of a report holds at most, well below what Slack takes."""
BLOCK_LENGTH = LONGEST_TEXT - 200

_SHORT = dict(zip(QUESTIONS, ("Done", "Next", "Blocked by"), strict=True))


# The question to one person


def asked(asked: Asked) -> Message:
    """One day's standup in the DM of the one who is asked: as a question, then what they said."""
    entry = asked.entry
    head = f" of {name(asked.project.name)}, {day_in_words(entry.day)}"
    return message(
        paragraph(bold("Standup"), head),
        *_said(asked),
        quiet(_whereto(asked)),
        actions(*_answering(entry)),
    )


def _said(asked: Asked) -> Iterator[Block]:
    """All of it where one message bears that, else the beginning of each answer."""
    entry = asked.entry
    match entry.state:
        case State.POSTED:
            said = [(question, answer) for question, answer in entry.answers if answer.strip()]
            is_long = sum(length(answer) for _, answer in said) > PAGE_LENGTH
            longest = PAGE_LENGTH // len(said) if is_long else LONGEST_TEXT
            yield from (
                bullets([[piece(f"{question} ", italic=True), cut(answer, longest)]])
                for question, answer in said
            )
            item = next((i for i in asked.project.items if i.id == entry.blocked_item), None)
            if item is not None:
                yield paragraph(f"It marked {name(item.title)} as blocked.")
        case State.SKIPPED:
            yield paragraph("You skip it this time.")
        case State.NOTHING_NEW:
            yield paragraph("Nothing new, you said.")
        case _:
            yield bullets([[question] for question in entry.questions])


def _whereto(asked: Asked) -> str:
    plan = asked.plan
    if plan is None:
        return "This standup has ended; what you say is kept all the same."
    when = f"{plan.report_at:%H:%M} in {city(plan.zone)}"
    return (
        f"The report goes to {name(asked.channel)} at {when}. What you say later, or say "
        "otherwise, is put right there."
    )


def _answering(entry: Entry) -> list[Block]:
    value = {"e": entry.id}
    if entry.state is State.POSTED:
        return [button("Change", Act.STANDUP_ANSWER, value, spoken="Change your answers")]
    buttons = [button("Answer", Act.STANDUP_ANSWER, value, style="primary")]
    if entry.state is not State.NOTHING_NEW:
        buttons.append(button("Nothing new", Act.STANDUP_NOTHING, value))
    if entry.state is not State.SKIPPED:
        buttons.append(button("Skip", Act.STANDUP_SKIP, value, spoken="Skip this standup"))
    return buttons


def noted(asked: Asked, by_name: str) -> Message:
    """That an answer was taken; with the change that it made, which can be undone."""
    told = paragraph(
        "Noted for the standup of ",
        bold(name(asked.project.name)),
        f", {day_in_words(asked.entry.day)}.",
    )
    if asked.moved is None:
        return message(told, quiet(_whereto(asked)))
    return message(told, quiet(_whereto(asked)), changes.done(asked.moved, by_name).blocks)


def open_ones(found: Sequence[Asked]) -> list[Block]:
    """For Home: what one is asked today."""
    blocks: list[Block] = []
    for asked in found:
        title = name(asked.project.name)
        blocks.append(paragraph(bold(title), f": how does it go, {day_in_words(asked.entry.day)}?"))
        value = {"e": asked.entry.id}
        spoken = f"Answer the standup of {name(title, 40)}"
        blocks += actions(
            button("Answer", Act.STANDUP_ANSWER, value, style="primary", spoken=spoken)
        )
    return blocks


# How it is set


def shown(shown: StandupShown) -> Message:
    """How a project's standup is set, who is in, and when they are asked next."""
    plan, people = shown.plan, told_apart(shown.people)
    title = name(shown.project.name)
    if plan is None:
        return message(
            paragraph(bold(title), " has no standup."),
            actions(_set_button(shown, "Set one up", primary=True)),
        )
    when = f"{days_in_words(plan.days)} at {plan.at:%H:%M}, local time"
    by = people.get(shown.set_by) if shown.set_by is not None else None
    return message(
        paragraph(bold(title), f": everybody is asked {when}."),
        paragraph(f"It rests: {rests(shown.trouble)}") if shown.trouble else {},
        bullets([[question] for question in plan.questions]),
        paragraph(
            f"The report goes to {name(shown.channel)} at {plan.report_at:%H:%M} in "
            f"{city(plan.zone)}."
        ),
        paragraph(bold(f"{counted(len(shown.seats), 'person is', 'people are')} asked"))
        if shown.seats
        else paragraph("Nobody is in it yet: give somebody an R or an A, or name them."),
        _seats(shown, people),
        quiet(
            f"Set by {name(by.name) if by else 'the operator'}.",
            f"What people write is deleted after {counted(shown.kept_days, 'day', 'days')}."
            if shown.kept_days
            else "",
        ),
        actions(_set_button(shown, "Change")),
    )


def _seats(shown: StandupShown, people: Mapping[int, Person]) -> list[Block]:
    if not shown.seats:
        return []
    rows = [
        f"{name(people[seat.person].name)}: {_moment(seat.next_ask, seat.zone)}"
        for seat in shown.seats
    ]
    return [bullets([[row] for row in rows], 40)]


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


def day_in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


# What is in its way


def rests(trouble: Trouble) -> str:
    """Why nobody is asked, and what to do about it."""
    return {
        Trouble.ARCHIVED: "the project is archived. It goes on when the project is back.",
        Trouble.UNBOUND: (
            "its channel does not belong to the project any more. Bind it again with /charter "
            "bind, or choose another one with /charter standup."
        ),
        Trouble.EXPOSED: (
            "the project is private and the channel is not. Choose a private channel with "
            "/charter standup."
        ),
        Trouble.SHARED: (
            "its channel is shared with another organisation. Choose another one with /charter "
            "standup."
        ),
        Trouble.GONE: (
            "its channel is archived or deleted, or I am not in it any more. Unarchive it or "
            "/invite me, or choose another one with /charter standup."
        ),
        Trouble.REFUSED: (
            "Slack did not take the last report. Invite me to the channel, or choose another one, "
            "and save it again with /charter standup."
        ),
    }[trouble]


def resting(project: str, trouble: Trouble) -> Message:
    """To whoever set it: nobody is asked, and why."""
    return message(
        paragraph("The standup of ", bold(name(project)), f" rests: {rests(trouble)}"),
        quiet("Until then nobody is asked and nothing is reported. I say this once."),
    )


# The report


def reported(report: Report) -> list[Message]:
    """One day's report: the first message, and what did not fit into it, for its thread."""
    people = told_apart(report.people)
    pages: list[list[Block]] = [[]]
    room = PAGE_LENGTH
    for block in _blocks(report, people):
        size = length(in_words(block))
        if pages[-1] and (size > room or len(pages[-1]) >= PAGE_BLOCKS):
            pages.append([])
            room = PAGE_LENGTH
        pages[-1].append(block)
        room -= size
    return [message(*page) for page in pages]


def emptied(report: Report) -> Message:
    """In place of a page of the thread that is not needed any more."""
    return message(quiet(f"Standup of {name(report.project)}: all of it fits above now."))


def _blocks(report: Report, people: Mapping[int, Person]) -> Iterator[Block]:
    yield paragraph(
        bold("Standup"),
        f" of {name(report.project)}, {day_in_words(report.day)}. {_counts(report)}",
    )
    blocked = [entry for entry in report.entries if _blocks_somebody(entry)]
    if blocked:
        yield paragraph(bold("Blocked"))
    for entry in blocked:
        title = report.titles.get(entry.blocked_item or 0)
        mark = [f" ({name(title)} is blocked)"] if title else []
        yield bullets([[bold(_name(people, entry)), ": ", blocker(entry.answers), *mark]])
    for entry in report.entries:
        if entry.state is State.POSTED:
            yield from _answers(_name(people, entry), entry)
    yield from _rest(report, people)


def _blocks_somebody(entry: Entry) -> bool:
    return entry.state is State.POSTED and bool(blocker(entry.answers))


def _counts(report: Report) -> str:
    said = sum(entry.state is not State.ASKED for entry in report.entries)
    everybody = len(report.entries) + len(report.later) + len(report.unasked)
    return f"{said} of {everybody} have answered."


def _answers(who: str, entry: Entry) -> Iterator[Block]:
    """What somebody said, question by question; what blocks them stands above already.

    All in one block where it fits, else a block for each answer.
    """
    at = blocker_at(entry.questions) if blocker(entry.answers) else None
    rows: list[list[str | Piece]] = [
        [piece(f"{_SHORT.get(question, name(question, 150))} ", italic=True), answer.strip()]
        for number, (question, answer) in enumerate(entry.answers)
        if answer.strip() and number != at
    ]
    if not rows:
        return
    head = paragraph(bold(who))
    if sum(length(part) for row in rows for part in row if isinstance(part, str)) < BLOCK_LENGTH:
        yield {**head, "elements": head["elements"] + bullets(rows)["elements"]}
        return
    yield head
    for row in rows:
        yield bullets([row])


def _rest(report: Report, people: Mapping[int, Person]) -> Iterator[Block]:
    """Who has said nothing: listed without a ping, and never ranked."""
    for state, words in (
        (State.NOTHING_NEW, "Nothing new"),
        (State.SKIPPED, "Skipped"),
        (State.ASKED, "Not answered yet"),
    ):
        found = [_name(people, entry) for entry in report.entries if entry.state is state]
        yield from _named(words, found)
    later = [
        f"{_name_of(people, one.person)} (asked at {one.at:%H:%M} in {city(one.zone)})"
        for one in report.later
    ]
    yield from _named("Later today", later)
    yield from _named("Not asked", [_name_of(people, key) for key in report.unasked])


def _named(words: str, names: Sequence[str]) -> Iterator[Block]:
    """All of the names, in as many paragraphs as it takes."""
    line: list[str] = []
    for one in names:
        if line and length(", ".join([*line, one])) > BLOCK_LENGTH:
            yield paragraph(bold(f"{words}: "), ", ".join(line))
            line = []
        line.append(one)
    if line:
        yield paragraph(bold(f"{words}: "), ", ".join(line))


def _name(people: Mapping[int, Person], entry: Entry) -> str:
    return _name_of(people, entry.person)


def _name_of(people: Mapping[int, Person], key: int) -> str:
    return name(people[key].name) if key in people else "somebody unknown"
