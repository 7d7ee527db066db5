"""What was said in standups, looked up again, a page at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby

from bot.commands import ShowStandups, as_slack_sends, spoken
from bot.past_standups import OF_NONE, PastStandups
from bot.people import Person
from bot.standups import Entry, State, blocker, by_stage, carried
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    button,
    counted,
    cut,
    message,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart
from handlers.views.standups.days import day_in_words
from handlers.views.standups.lines import Row, listed, row_of, rows, tag

PAGE_LENGTH = 8000
"""What the answers on one page hold together; each is cut to its share of it."""
SHORTEST = 250
MOST_BLOCKS = 44


def past(found: PastStandups) -> Message:
    """A page of what was said, day by day or stage by stage, and how to turn it."""
    people = told_apart(found.people)
    if not found.total:
        return message(
            paragraph(_none(found, people)), quiet(*_kept(found)), actions(*_nearest(found))
        )
    order = found.order
    told = list(_by_stage(found, people) if order.by_stage else _by_day(found, people))
    at = f"Page {order.page} of {found.pages}" if found.pages > 1 else ""
    return message(
        paragraph(bold("Standups"), f"{_sought(found, people)}: {found.total}"),
        *told[:MOST_BLOCKS],
        quiet("More was said than fits here.") if len(told) > MOST_BLOCKS else [],
        quiet(*[line for line in (at, *_kept(found)) if line]),
        actions(
            _turn(found, order.page - 1, "Newer") if order.page > 1 else None,
            _turn(found, order.page + 1, "Older") if order.page < found.pages else None,
        ),
    )


def _by_day(found: PastStandups, people: Mapping[int, Person]) -> Iterator[Block]:
    longest = _longest(found)
    for day, entries in groupby(found.entries, lambda entry: entry.day):
        yield paragraph(bold(_day(day, found.today)))
        for entry in entries:
            head = paragraph(bold(_who(entry, people)), _where(entry, found), _became(entry, found))
            told = _rows(entry, found)
            if not told:
                yield head
            yield from listed(head, [replace(row, text=cut(row.text, longest)) for row in told])


def _by_stage(found: PastStandups, people: Mapping[int, Person]) -> Iterator[Block]:
    """All that is on the page, stage by stage; what blocked people first."""
    longest = _longest(found)
    for key, project in found.projects.items():
        mine = [entry for entry in found.entries if entry.project == key]
        stuck = [
            replace(row, label=(*_whose(entry, found, people), *row.label))
            for entry in mine
            for row in _blocked(entry, found)
        ]
        yield from listed(paragraph(bold(name(project.name)), ", blocked"), _cut(stuck, longest))
        if found.order.blockers:
            continue
        for section in by_stage(project, mine):
            item = section.item
            if found.about and (item is None or item.id not in found.about):
                continue
            stage = f", {name(item.title)}" if item else ""
            told = [
                row_of(line, entry.questions, *_whose(entry, found, people))
                for entry, line in section.lines
            ]
            yield from listed(paragraph(bold(name(project.name)), stage), _cut(told, longest))

    loose = [
        replace(row, label=(*_whose(entry, found, people), *row.label))
        for entry in found.entries
        if entry.project == OF_NONE
        for row in _rows(entry, found)
    ]
    yield from listed(paragraph(bold("Of no project")), _cut(loose, longest))


def _cut(found: list[Row], longest: int) -> list[Row]:
    return [replace(row, text=cut(row.text, longest)) for row in found]


def _longest(found: PastStandups) -> int:
    answers = sum(len(entry.said) + 1 for entry in found.entries)
    return max(SHORTEST, PAGE_LENGTH // max(1, answers))


def _rows(entry: Entry, found: PastStandups) -> list[Row]:
    """What is wanted of an entry: all of it, what it says of an item, or what blocked somebody."""
    if entry.state is not State.POSTED:
        return []
    if found.order.blockers:
        return _blocked(entry, found)
    if not found.about:
        return [*rows(entry), *_blocked(entry, found)]
    told = [row_of(line, entry.questions) for line in entry.said if line.item in found.about]
    return told or _blocked(entry, found)


def _blocked(entry: Entry, found: PastStandups) -> list[Row]:
    """What blocked somebody: what they wrote, and what of it stood before, with its stage."""
    if entry.state is not State.POSTED:
        return []
    said, project = blocker(entry.answers), found.projects.get(entry.project)
    told = [Row((bold("Blocked "),), said)] if said else []
    for line in carried(entry):
        title = project.title_of(line.item) if project and line.item is not None else ""
        told.append(Row((bold("Blocked "), *tag(title, line)), line.text, line.url))
    return told


def _whose(
    entry: Entry, found: PastStandups, people: Mapping[int, Person]
) -> tuple[str | Piece, ...]:
    return (bold(f"{_who(entry, people)} "), f"on {_day(entry.day, found.today)}: ")


def _who(entry: Entry, people: Mapping[int, Person]) -> str:
    return name(people[entry.person].name) if entry.person in people else "somebody unknown"


def _where(entry: Entry, found: PastStandups) -> str:
    """The project, where not all is of one."""
    project = found.projects.get(entry.project)
    is_it = found.project is not None and found.project.id == entry.project
    return f", {name(project.name)}" if project and not is_it else ""


def _became(entry: Entry, found: PastStandups) -> str:
    match entry.state:
        case State.SKIPPED:
            return ": skipped"
        case State.NOTHING_NEW:
            return ": nothing new"
        case _ if not any(answer.strip() for _, answer in entry.answers) and not entry.said:
            return ": what was said is deleted" if _is_deleted(entry, found) else ": nothing"
        case _:
            return ""


def _is_deleted(entry: Entry, found: PastStandups) -> bool:
    return found.kept_since is not None and entry.day < found.kept_since


def _day(day: date, today: date) -> str:
    return day_in_words(day) if day.year == today.year else f"{day_in_words(day)} {day.year}"


def _sought(found: PastStandups, people: Mapping[int, Person]) -> str:
    """What was looked for, as part of a sentence."""
    order, parts = found.order, [""]
    if order.blockers:
        parts.append("with something that blocks")
    if found.person is not None:
        parts.append(f"of {name(people[found.person.id].name)}")
    if found.item is not None:
        parts.append(f"about {name(found.item.title)}")
    if found.project is not None:
        parts.append(f"in {name(found.project.name)}")
    first, last = (_day(day, found.today) if day else "" for day in (order.first, order.last))
    if first and first == last:
        parts.append(f"on {first}")
    elif first and last:
        parts.append(f"between {first} and {last}")
    elif first or last:
        parts.append(f"since {first}" if first else f"until {last}")
    return " ".join(parts)


def _none(found: PastStandups, people: Mapping[int, Person]) -> str:
    days = [_day(day, found.today) for day in found.nearest if day]
    near = f" The nearest: {' and '.join(days)}." if days else ""
    return f"No standup{_sought(found, people)} that you may see.{near}"


def _kept(found: PastStandups) -> list[str]:
    """That older words are deleted, where they would have been of those that were looked for."""
    since = found.kept_since
    days = (found.order.first, found.order.last, *(entry.day for entry in found.entries))
    if since is None or not any(day is not None and day < since for day in days):
        return []
    kept = counted(found.kept_days, "day")
    before = _day(since, found.today)
    return [f"What was written before {before} is deleted: it is kept for {kept}."]


def _nearest(found: PastStandups) -> list[Block]:
    """Buttons to the days on which there is something."""
    return [
        _run(replace(found.order, first=day, last=day, page=1), f"Show {_day(day, found.today)}")
        for day in found.nearest
        if day
    ]


def _turn(found: PastStandups, page: int, label: str) -> Block:
    order = replace(found.order, page=page)
    return _run(order, label, f"Page {page} of {found.pages}")


def _run(order: ShowStandups, label: str, spoken_so: str | None = None) -> Block:
    return button(label, Act.COMMAND_RUN, {"c": as_slack_sends(spoken(order))}, spoken=spoken_so)
