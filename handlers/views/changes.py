"""A change that stands: before → after, who else holds a letter, and the way back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.outcome import Done
from bot.people import Person
from bot.project import Letter
from bot.telling import Line
from bot.telling.access import EVERYBODY
from handlers.views import raid, seats, work
from handlers.views.acts import Act, Values
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    cut,
    message,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart

_LETTER_WORDS = {letter.word: letter for letter in Letter}
_BRIEF = 160
WHEN = "{date_short_pretty} at {time}"
MOST_SEATS = 12


def done(done: Done, by_name: str) -> Message:
    """What changed, and by whom; with an Undo button while it can be taken back."""
    people = told_apart(done.people)
    if created := next((line for line in done.lines if line.label == "project"), None):
        return _created(done, created, by_name)
    return message(
        _changed(done),
        _empty_seats(done, people),
        _gaps(done, people),
        quiet(_else(done, people), *_by(done, by_name)),
        actions(*_buttons(done)),
    )


def _about(done: Done) -> list[str | Piece]:
    if done.item is None:
        return [bold(name(done.project.name))]
    return [bold(name(done.item.title)), f" ({name(done.project.name)})"]


def _changed(done: Done) -> Block:
    """One line where one thing changed, else a list under its heading."""
    if done.project.is_gone:
        return paragraph(*_about(done), _REMOVED)
    undone = "Taken back. " if done.undone else ""
    if not done.undone and (raised := raid.raised(done.lines, _about(done))):
        return raised
    if len(done.lines) == 1 and (said := work.sentence(done.lines[0]) or _sentence(done.lines[0])):
        return paragraph(undone, *_about(done), said)
    if len(done.lines) == 1:
        return paragraph(undone, *_about(done), ": ", *_line(done.lines[0], done))
    heading = paragraph(undone, *_about(done), ":")
    rows = [_line(line, done) for line in done.lines]
    return {**heading, "elements": heading["elements"] + bullets(rows)["elements"]}


_REMOVED = " is removed: it is in no list any more, and its name is free again."
_OPENED = " is public from now on: everybody in this workspace sees it."
_CLOSED = (
    " is private from now on: for those who are listed, and for the members of its private "
    "channels. What was posted elsewhere before cannot be called back."
)


def _sentence(line: Line) -> str:
    """Whole sentences for what no digest tells of; empty for all else."""
    before, after = name(line.before), name(line.after)
    match line.label:
        case "seen by":
            return _OPENED if line.after == EVERYBODY else _CLOSED
        case "hand-over" if not line.before:
            return f": hand-over from {after}. Nothing changes until it is accepted."
        case "hand-over":
            return f": the hand-over from {before} is {after}."
        case _:
            return ""


def _line(line: Line, done: Done) -> list[str | Piece]:
    letter = _LETTER_WORDS.get(line.label)
    if letter and done.item:
        before, after = seats.all_of(done.item, letter, line.before, line.after, done.people)
        line = replace(line, before=before, after=after)
    return stepped(line, "nobody" if letter else "nothing")


def stepped(line: Line, nothing: str = "nothing") -> list[str | Piece]:
    """One line of before → after; `nothing` is said for what was, or is, not there."""
    return [
        f"{name(line.label)} ",
        cut(_one_line(line.before) or nothing, _BRIEF),
        " → ",
        bold(cut(_one_line(line.after) or nothing, _BRIEF)),
    ]


def _one_line(text: str) -> str:
    return ", ".join(part.strip() for part in text.splitlines() if part.strip())


def _gaps(done: Done, people: Mapping[int, Person]) -> Block:
    """What is missing now: moving on with nobody accountable is allowed, and said."""
    if done.item is None or not people:
        return {}
    missing = seats.missing(done.project, done.item, people)
    told = [seats.gap(done.project, done.item, letter, people) for letter in missing]
    if Letter.A in missing and _has_started(done):
        title = bold(name(done.item.title))
        return paragraph("No accountable: ", title, f". {seats.capital('; '.join(told))}.")
    return paragraph(f"{seats.capital('; '.join(told))}.") if told else {}


def _has_started(done: Done) -> bool:
    """Whether it was moved just now, and is under way."""
    moved = any(line.label == "status" for line in done.lines)
    return moved and done.item is not None and done.item.status.is_under_way


def _is_back(done: Done) -> bool:
    """Whether an archived project can be changed again."""
    return any(line.label == "archived" and line.after == "no" for line in done.lines)


def _empty_seats(done: Done, people: Mapping[int, Person]) -> list[Block]:
    """Of a project that is back, first of all who is not there any more."""
    if not _is_back(done) or not people:
        return []
    rows: list[list[str | Piece]] = [
        [bold(name(item.title)), f": {seats.gap(done.project, item, letter, people)}"]
        for item in done.project.items
        for letter in seats.missing(done.project, item, people)
    ]
    if not rows:
        return [paragraph("Every open stage has somebody accountable and responsible.")]
    return [paragraph("These seats wait for somebody:"), bullets(rows, MOST_SEATS)]


def _else(done: Done, people: Mapping[int, Person]) -> str:
    """Who else holds a letter of the item, where letters changed."""
    if done.item is None or not any(line.label in _LETTER_WORDS for line in done.lines):
        return ""
    letters = done.project.raci(done.item)
    told = [
        f"{letter.word} {names}"
        for letter in Letter
        if (names := seats.holders(letters, letter, people))
    ]
    return f"Now: {'; '.join(told)}." if told else "Now nobody holds a letter of it."


def _by(done: Done, by_name: str) -> tuple[str | Piece, ...]:
    return signed(by_name, done.at, done.undo_until)


def signed(by_name: str, at: datetime, undo_until: datetime | None) -> tuple[str | Piece, ...]:
    """Who did it and when, and how long it can be undone: lines for `quiet`."""
    told = (f"By {name(by_name)},", moment(at, WHEN))
    if undo_until is None:
        return told
    minutes = max(1, round((undo_until - at).total_seconds() / 60))
    return (*told, f"It can be undone for {minutes} minutes.")


def _buttons(done: Done) -> list[Block]:
    buttons: list[Block] = []
    title = name(done.item.title if done.item else done.project.name, 40)
    missing = seats.missing(done.project, done.item, done.people) if done.item else ()
    if done.item and Letter.A in missing:
        where: Values = {
            "p": done.project.key,
            "i": done.item.key,
            "v": done.item.version,
            "l": "A",
        }
        spoken = f"Assign who is accountable for {title}"
        buttons.append(
            button("Assign accountable", Act.ASSIGN_OPEN, where, style="primary", spoken=spoken)
        )
    if _is_back(done):
        whole, spoken = {"p": done.project.key}, f"Show all letters of {title}"
        buttons.append(button("Fill the seats", Act.MATRIX_SHOW, whole, spoken=spoken))
    if done.undo_until is not None:
        spoken = f"Undo this change of {title}"
        buttons.append(button("Undo", Act.UNDO, {"s": done.seq}, spoken=spoken))
    return buttons


def _created(done: Done, line: Line, by_name: str) -> Message:
    project = done.project
    channel = next((f" It is bound to {one}." for one in seats.channels(project)), "")
    vacant = sum(len(seats.missing(project, item, done.people)) for item in project.items)
    return message(
        paragraph(bold(name(line.after)), " stands, with the stages of an ML project.", channel),
        paragraph(f"{vacant} seats wait for somebody: give the first one a name.")
        if vacant
        else [],
        quiet(*_by(done, by_name)),
        actions(
            button(
                "Fill the seats",
                Act.MATRIX_SHOW,
                {"p": project.key},
                style="primary",
                spoken=f"Show all letters of {name(project.name, 40)}",
            ),
            button("Scope", Act.SCOPE_SHOW, {"p": project.key}, spoken="Show what it is for"),
        ),
    )
