"""What is told of the seats that somebody left vacant: to one person, in one list."""

from collections.abc import Sequence

from bot.leaving import Circle, Filled, OpenSeat
from handlers.views import plans
from handlers.views.acts import Act
from handlers.views.kit import (
    Message,
    actions,
    bold,
    bullets,
    button,
    counted,
    message,
    name,
    paragraph,
    quiet,
)

MOST = 40
"""Stages named in one message."""


def left(circle: Circle) -> Message:
    """Somebody left: the seats that are vacant now."""
    seats = counted(len(circle.seats), "seat is", "seats are")
    said = f" was deactivated in Slack. {seats} vacant now:"
    spoken = f"Assign the seats that {name(circle.gone.name, 40)} left"
    return _told(circle, said, ("Assign them", Act.LEFT_OPEN, spoken))


def returned(circle: Circle) -> Message:
    """Somebody is back: what is vacant still."""
    seats = counted(len(circle.seats), "seat")
    said = f" is back in Slack. {seats} of theirs nobody has taken meanwhile:"
    spoken = f"Give {name(circle.gone.name, 40)} their seats back"
    return _told(circle, said, ("Give them back", Act.LEFT_RETURN, spoken))


def _told(circle: Circle, said: str, step: tuple[str, Act, str]) -> Message:
    """What became of somebody, the seats, and the one step that fills all of them."""
    label, act, spoken = step
    who = circle.gone
    return message(
        paragraph(bold(name(who.name)), said),
        _rows(circle.seats),
        quiet(_why(circle)),
        actions(button(label, act, {"w": who.key}, style="primary", spoken=spoken)),
    )


def filled(done: Filled, by_name: str) -> Message:
    who = name(done.person.name)
    seats = counted(len(done.seats), "seat", "seats")
    late = f"{counted(done.late, 'seat', 'seats')} had somebody else by then." if done.late else ""
    return message(
        paragraph(bold(who), f" has {seats} now that {_left(done)} vacant:"),
        _rows(done.seats),
        quiet(f"Set by {name(by_name)}. {late}".strip()),
        actions(plans.undo(done.seqs) if done.seqs else None),
    )


def _left(done: Filled) -> str:
    same = done.gone.id == done.person.id
    return "they had left" if same else f"{name(done.gone.name)} had left"


def _rows(seats: Sequence[OpenSeat]) -> dict[str, object]:
    """A line for each stage, with its letters in words."""
    lines: dict[tuple[int, int], list[str]] = {}
    titles: dict[tuple[int, int], str] = {}
    for seat in seats:
        spot = (seat.project.id, seat.item.id)
        titles[spot] = f"{name(seat.project.name, 60)}, {name(seat.item.title, 60)}: "
        lines.setdefault(spot, []).append(seat.held.letter.word)
    rows = [[titles[spot], ", ".join(dict.fromkeys(lines[spot]))] for spot in lines]
    return bullets(rows, MOST, "; the form has them all")


def _why(circle: Circle) -> str:
    """Why it is this one who is told."""
    leads = {seat.project.name: seat.project.lead for seat in circle.seats}
    led = [name(one, 60) for one, lead in leads.items() if lead == circle.keeper.id]
    if len(led) == len(leads):
        return f"You are told because you lead {', '.join(led[:5])}{' and more' * (len(led) > 5)}."
    return "You are told because nobody else leads these projects."
