"""The form that fills the seats that somebody left, in one go."""

from collections.abc import Mapping
from typing import Any

from bot.leaving import Circle
from bot.orders import FillSeats
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import View, bold, counted, name, paragraph
from handlers.views.modals.fields import (
    MOST_OPTIONS,
    field,
    needed,
    option,
    options_of,
    several,
    user,
    user_of,
)
from handlers.views.modals.frame import modal


def fill_seats(circle: Circle) -> View:
    """All vacant seats are chosen at first, as many as a form holds."""
    shown = circle.seats[:MOST_OPTIONS]
    rest = len(circle.seats) - len(shown)
    options = [
        option(
            str(seat.held.id),
            f"{seat.held.letter}: {name(seat.item.title, 40)}",
            f"{seat.held.letter.word}, {name(seat.project.name, 50)}",
        )
        for seat in shown
    ]
    more = f" {counted(rest, 'more seat', 'more seats')}: open this once more." if rest else ""
    blocks = [
        paragraph(bold(name(circle.gone.name)), f" left these seats vacant.{more}"),
        field("seats", "Seats", several(options, options), hint="Take out what others are to get."),
        field("holder", "Who takes them", user()),
    ]
    kept: Values = {"w": circle.gone.key}
    return modal(Form.LEFT_FILL, "Fill the seats", "Assign", blocks, kept)


def read_fill_seats(view: Mapping[str, Any]) -> FillSeats:
    kept = unpack(view.get("private_metadata", ""))
    chosen = tuple(int(one) for one in options_of(view, "seats"))
    holder = needed(user_of(view, "holder") or "", "holder")
    return FillSeats(str(kept.get("w") or ""), chosen, f"<@{holder}>")
