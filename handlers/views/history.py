"""What became of a row, and who held its letters on some day."""

from collections.abc import Mapping
from datetime import datetime

from bot.commands import ShowHistory, as_slack_sends, spoken
from bot.history import Happened
from bot.moments import day
from bot.outcome import HeldOn, RowHistory
from bot.people import Person, Surface
from bot.project import Assignment, Letter
from handlers.views import seats
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    message,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart

_BY = {Surface.CLOCK: "Charter", Surface.EVENT: "Slack", Surface.LOAD: "a document"}


def history(found: RowHistory) -> Message:
    """Every change of a row, the latest first, a page at a time."""
    people, item = told_apart(found.people), found.item
    rows = [_row(one, people) for one in found.happened]
    return message(
        paragraph(bold(name(item.title)), f" ({name(found.project.name)}): what became of it"),
        [bullets(rows)] if rows else paragraph("Nothing has happened to it yet."),
        quiet(f"Page {found.page} of {found.pages}") if found.pages > 1 else [],
        actions(
            _turn(found, found.page - 1, "Later") if found.page > 1 else None,
            _turn(found, found.page + 1, "Earlier") if found.page < found.pages else None,
        ),
    )


def _row(one: Happened, people: Mapping[int, Person]) -> list[str | Piece]:
    by = _who(one, people)
    what = name(one.what, 300) or "changed; the words are not kept here"
    undone = "taken back: " if one.is_undo else ""
    since = f", back-dated by {by} to {day(one.since)}" if one.since else ""
    why = f", because {name(one.reason, 200)}" if one.reason else ""
    return [
        moment(one.at, "{date_short_pretty} {time}"),
        f" {by} ({_through(one)}): {undone}{what}{since}{why}",
    ]


def _who(one: Happened, people: Mapping[int, Person]) -> str:
    if one.by in people and one.by is not None:
        return name(people[one.by].name)
    return _BY.get(Surface(one.through), "the operator")


def _through(one: Happened) -> str:
    words = {Surface.MODAL: "form", Surface.CLI: "command line", Surface.LOAD: "document"}
    return words.get(Surface(one.through), one.through)


def _turn(found: RowHistory, page: int, label: str) -> Block:
    order = ShowHistory(found.item.key, found.project.key, page)
    spoken_so = f"Page {page} of {found.pages}"
    return button(label, Act.COMMAND_RUN, {"c": as_slack_sends(spoken(order))}, spoken=spoken_so)


def held_on(found: HeldOn) -> Message:
    """Who held which letter of a row on a day."""
    people, item = told_apart(found.people), found.item
    rows: list[list[str | Piece]] = []
    for letter in Letter:
        held = [one for one in found.letters if one.letter is letter]
        said = "; ".join(_held(one, found, people) for one in held) or "nobody"
        rows.append([bold(f"{letter.word.capitalize()}: "), said])
    return message(
        paragraph(
            bold(name(item.title)), f" ({name(found.project.name)}) on {found.day.isoformat()}:"
        ),
        [bullets(rows)],
        quiet("Days are counted in your time zone."),
    )


def _held(one: Assignment, found: HeldOn, people: Mapping[int, Person]) -> str:
    notes = [seats.since(one)]
    if one.since is not None and _within(one.since, found):
        notes = [f"from {one.since.astimezone(found.zone):%H:%M}"]
    if one.until is not None and _within(one.until, found):
        notes.append(f"until {one.until.astimezone(found.zone):%H:%M}")
    if one.is_back_dated:
        notes.append(seats.source(one, people))
    return seats.holder(one, people, found.acting, ", ".join(notes))


def _within(at: datetime, found: HeldOn) -> bool:
    return at.astimezone(found.zone).date() == found.day
