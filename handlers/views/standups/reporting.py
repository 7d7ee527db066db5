"""The report of a day, for the channel."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.people import Person
from bot.standups import QUESTIONS, Entry, Report, State, blocker, blocker_at, city
from handlers.views.kit import (
    LONGEST_TEXT,
    Block,
    Message,
    Piece,
    bold,
    bullets,
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
from handlers.views.standups.days import day_in_words
from handlers.views.standups.pings import Pings

PAGE_BLOCKS = 45
PAGE_LENGTH = 6000
"""What one message of a report holds at most, well below what Slack takes."""
BLOCK_LENGTH = LONGEST_TEXT - 200

_SHORT = dict(zip(QUESTIONS, ("Done", "Next", "Blocked by"), strict=True))


def reported(report: Report, pinged: Collection[str] | None = None) -> list[Message]:
    """One day's report: the first message, and what did not fit into it, for its thread.

    Whom somebody waits for is pinged, once; where it stands already, only who was (`pinged`, their
    Slack ids), so that an edit pings nobody.
    """
    people = told_apart(report.people)
    pages: list[list[Block]] = [[]]
    room = PAGE_LENGTH
    for block in _blocks(report, people, Pings(report.people, pinged)):
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


def added(
    report: Report, entry: Entry, pinged: Collection[str] | None, in_parent: Collection[str]
) -> Message:
    """What somebody said after the report, in its thread; `in_parent` are pinged there already."""
    people = told_apart(report.people)
    who = bold(_name(people, entry))
    if entry.state is not State.POSTED:
        return message(paragraph(who, " has taken back what they had added."))
    waited = [
        key
        for key in report.waits.get(entry.person, ())
        if report.people[key].slack_id not in in_parent
    ]
    blocks: list[Block] = [paragraph(who, f" has answered, {day_in_words(report.day)}.")]
    if _blocks_somebody(entry):
        pings = Pings(report.people, pinged)
        blocks.append(bullets([[bold("Blocked"), ": ", *_blocking(report, entry, pings, waited)]]))
    rows = _rows(entry)
    longest = LONGEST_TEXT if _size(rows) < PAGE_LENGTH else PAGE_LENGTH // len(rows)
    blocks += [bullets([[label, cut(answer, longest)]]) for label, answer in rows]
    return message(*blocks)


def _blocks(report: Report, people: Mapping[int, Person], pings: Pings) -> Iterator[Block]:
    yield paragraph(
        bold("Standup"),
        f" of {name(report.project)}, {day_in_words(report.day)}. {_counts(report)}",
    )
    blocked = [entry for entry in report.entries if _blocks_somebody(entry)]
    if blocked:
        yield paragraph(bold("Blocked"))
    for entry in blocked:
        told = _blocking(report, entry, pings, report.waits.get(entry.person, ()))
        yield bullets([[bold(_name(people, entry)), ": ", *told]])
    for entry in report.entries:
        if entry.state is State.POSTED:
            yield from _answers(_name(people, entry), entry)
    yield from _rest(report, people)


def _blocks_somebody(entry: Entry) -> bool:
    return entry.state is State.POSTED and bool(blocker(entry.answers))


def _blocking(
    report: Report, entry: Entry, pings: Pings, waited: Sequence[int]
) -> list[str | Piece]:
    """What blocks somebody, what they marked as blocked, and a mention of whom they wait for."""
    title = report.titles.get(entry.blocked_item or 0)
    mark = [f" ({name(title)} is blocked)"] if title else []
    return [blocker(entry.answers), *mark, *pings.of(waited)]


def _counts(report: Report) -> str:
    said = sum(entry.state is not State.ASKED for entry in report.entries)
    everybody = len(report.entries) + len(report.later) + len(report.unasked)
    return f"{said} of {everybody} have answered."


def _answers(who: str, entry: Entry) -> Iterator[Block]:
    """What somebody said, question by question; what blocks them stands above already.

    All in one block where it fits, else a block for each answer.
    """
    rows = _rows(entry)
    if not rows:
        return
    head = paragraph(bold(who))
    if _size(rows) < BLOCK_LENGTH:
        yield {**head, "elements": head["elements"] + bullets(rows)["elements"]}
        return
    yield head
    for row in rows:
        yield bullets([row])


def _rows(entry: Entry) -> list[tuple[Piece, str]]:
    """Questions and answers, but for what blocks somebody."""
    at = blocker_at(entry.questions) if blocker(entry.answers) else None
    return [
        (piece(f"{_SHORT.get(question, name(question, 150))} ", italic=True), answer.strip())
        for number, (question, answer) in enumerate(entry.answers)
        if answer.strip() and number != at
    ]


def _size(rows: Sequence[tuple[Piece, str]]) -> int:
    return sum(length(answer) for _label, answer in rows)


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
