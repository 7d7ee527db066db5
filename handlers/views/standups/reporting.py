"""The report of a day, for the channel."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.people import Person
from bot.standups import Entry, Report, Section, State, blocker, carried, city, is_blocked
from handlers.views import lateness
from handlers.views.kit import (
    LONGEST_TEXT,
    Block,
    Message,
    Piece,
    bold,
    bullets,
    in_words,
    length,
    link,
    message,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart
from handlers.views.standups.days import day_in_words
from handlers.views.standups.lines import BLOCK_LENGTH, listed, row_of, rows, size, tag
from handlers.views.standups.pings import Pings

PAGE_BLOCKS = 45
PAGE_LENGTH = 6000
"""What one message of a report holds at most, well below what Slack takes."""
MOST_ROWS = 40
"""Of a late answer, in its one message."""


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
    late = " late" if entry.person in report.overdue else ""
    blocks: list[Block] = [paragraph(who, f" has answered{late}, {day_in_words(report.day)}.")]
    pings = Pings(report.people, pinged)
    for told in _blocking(report, entry, pings, waited):
        blocks.append(bullets([[bold("Blocked"), ": ", *told]]))
    found = rows(entry)
    longest = LONGEST_TEXT if size(found) < PAGE_LENGTH else PAGE_LENGTH // len(found)
    blocks += [bullets([row.pieces(longest)]) for row in found[:MOST_ROWS]]
    return message(*blocks)


def _blocks(report: Report, people: Mapping[int, Person], pings: Pings) -> Iterator[Block]:
    yield paragraph(
        bold("Standup"),
        f" of {name(report.project)}, {day_in_words(report.day)}. {_counts(report)}",
    )
    if report.late is not None:
        yield lateness.late(report.late)
    blocked = [entry for entry in report.entries if is_blocked(entry)]
    if blocked:
        yield paragraph(bold("Blocked"))
    for entry in blocked:
        for told in _blocking(report, entry, pings, report.waits.get(entry.person, ())):
            yield bullets([[bold(_name(people, entry)), ": ", *told]])
    if report.sections is None:
        for entry in report.entries:
            if entry.state is State.POSTED:
                late = "".join(_late(report, entry)).rstrip()
                head = paragraph(bold(_name(people, entry)), f" {late}" if late else "")
                yield from listed(head, rows(entry))
    else:
        for section in report.sections:
            yield from _section(report, people, section)
    yield from _rest(report, people)


def _blocking(
    report: Report, entry: Entry, pings: Pings, waited: Sequence[int]
) -> Iterator[list[str | Piece]]:
    """What blocks somebody, what they marked as blocked, and a mention of whom they wait for."""
    if entry.state is not State.POSTED:
        return
    if said := blocker(entry.answers):
        title = report.titles.get(entry.blocked_item or 0)
        mark = [f" ({name(title)} is blocked)"] if title else []
        yield [said, *mark, *pings.of(waited)]
    for line in carried(entry):
        title = report.items.get(line.item or 0, "")
        yield [*tag(title, line), link(line.text, line.url) if line.url else line.text]


def _section(report: Report, people: Mapping[int, Person], section: Section) -> Iterator[Block]:
    """What was said of a stage: where it stands, and each line with who said it."""
    item = section.item
    head = [bold(name(item.title if item else report.project))]
    stands = f" ({item.status.words})" if item else ""
    found = [
        row_of(line, entry.questions, bold(f"{_name(people, entry)} "), *_late(report, entry))
        for entry, line in section.lines
    ]
    yield from listed(paragraph(*head, stands), found)


def _late(report: Report, entry: Entry) -> tuple[str, ...]:
    """The mark of who answered when their time was over."""
    return ("(late) ",) if entry.person in report.overdue else ()


def _counts(report: Report) -> str:
    said = sum(entry.state is not State.ASKED for entry in report.entries)
    is_all = not report.later and not report.unasked
    return f"{said} of {len(report.entries)}{'' if is_all else ' asked'} have answered."


def _rest(report: Report, people: Mapping[int, Person]) -> Iterator[Block]:
    """Who has said nothing: listed without a ping, and never ranked."""
    open_ones = [one for one in report.still if one.person not in report.unreached]
    otherwise = {*(one.person for one in open_ones), *report.unreached}
    for state, words in (
        (State.NOTHING_NEW, "Nothing new"),
        (State.SKIPPED, "Skipped"),
        (State.ASKED, "Not answered yet"),
    ):
        found = [
            _name(people, entry)
            for entry in report.entries
            if entry.state is state and entry.person not in otherwise
        ]
        yield from _named(words, found)
    until = [
        f"{_name_of(people, one.person)} (until {one.at:%H:%M} in {city(one.zone)})"
        for one in open_ones
    ]
    yield from _named("Still has time", until)
    lost = [_name(people, entry) for entry in report.entries if entry.person in report.unreached]
    yield from _named("Not reached by direct message", lost)
    later = [
        f"{_name_of(people, one.person)} (asked at {one.at:%H:%M} in {city(one.zone)})"
        for one in report.later
    ]
    yield from _named("Later today", later)
    yield from _named("Not asked", [_name_of(people, key) for key in report.unasked])
    yield from _named("Away", [_name_of(people, key) for key in report.away])


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
