"""Forms about people: the seats that somebody left, and what somebody is called elsewhere."""

from collections.abc import Mapping
from typing import Any

from bot.errors import BadInput
from bot.identities import KINDS, MOST_OF_A_KIND, TITLES, checked
from bot.leaving import Circle
from bot.orders import FillSeats, SetNames
from bot.personal import PersonShown
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import View, bold, counted, name, paragraph, quiet
from handlers.views.modals.fields import (
    MOST_OPTIONS,
    field,
    needed,
    option,
    options_of,
    several,
    text_input,
    text_of,
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


_LONGEST_NAMES = 1000


def person_names(shown: PersonShown) -> View:
    """What somebody is called at each service: a field for each, filled with what is known."""
    person = shown.person
    own = {
        kind: " ".join(
            one.value for one in shown.names if (one.person, one.kind) == (person.id, kind)
        )
        for kind in KINDS
    }
    blocks = [
        paragraph(bold(name(person.name)), " is known elsewhere as:"),
        *(
            field(kind, TITLES[kind], text_input(own[kind], longest=_LONGEST_NAMES), optional=True)
            for kind in KINDS
        ),
        quiet(
            f"At most {MOST_OF_A_KIND} of each, with a space between. An empty field takes away "
            "what was known."
        ),
    ]
    kept: Values = {"w": person.key}
    return modal(Form.PERSON_NAMES, "Names elsewhere", "Save", blocks, kept)


def read_person_names(view: Mapping[str, Any]) -> SetNames:
    kept = unpack(view.get("private_metadata", ""))
    says = tuple((kind, _names(kind, text_of(view, kind))) for kind in KINDS)
    return SetNames(f"key:{kept.get('w') or ''}", says)


def _names(kind: str, text: str) -> tuple[str, ...]:
    """What stands in a field; what is no name there is told under it."""
    try:
        return tuple(checked(kind, word) for word in text.replace(",", " ").split())
    except BadInput as error:
        raise BadInput(error.why, error.facts, kind) from None
