"""The form that moves a stage."""

import zlib
from collections.abc import Mapping
from typing import Any

from bot.deciding import LONGEST_NOTE
from bot.errors import BadInput, Why
from bot.orders import Due, Move
from bot.outcome import Shown
from bot.project import Status
from handlers.views import seats
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import View, bold, name, paragraph
from handlers.views.modals.fields import (
    date_in,
    day,
    day_of,
    field,
    needed,
    option,
    option_of,
    select,
    text_input,
    text_of,
)
from handlers.views.modals.frame import modal


def move(shown: Shown) -> View:
    """Where an item stands and when it is due. ValueError where `shown` has no item."""
    project, item = shown.project, shown.item
    if item is None:
        raise ValueError("no item to move")
    due = item.due.isoformat() if item.due else None
    statuses = [option(status.value, seats.capital(status.words)) for status in Status]
    blocks = [
        paragraph(bold(name(item.title)), f" in {name(project.name)}"),
        field("status", "Status", select(statuses, item.status.value)),
        field(
            "note",
            "Note",
            text_input(item.note or "", longest=LONGEST_NOTE, lines=True),
            hint="Why it is blocked or skipped; empty it when that is over.",
            optional=True,
        ),
        field("due", "Due", day(due), optional=True),
    ]
    kept: Values = {
        "p": project.key,
        "i": item.key,
        "v": item.version,
        "s": item.status.value,
        "n": _fingerprint(item.note or ""),
        "d": due,
    }
    return modal(Form.MOVE, "Move a stage", "Save", blocks, kept)


def read_move(view: Mapping[str, Any]) -> tuple[Move | Due, ...]:
    """Only what was changed, in the order in which to carry it out; `BadInput` for nothing.

    The first order is bound to the version that the person saw, the second follows right after it.
    """
    kept = unpack(view.get("private_metadata", ""))
    item, project = needed(str(kept.get("i") or ""), "item"), str(kept.get("p") or "") or None
    status, note = Status(option_of(view, "status") or str(kept.get("s"))), text_of(view, "note")
    due = day_of(view, "due")
    version = kept.get("v")
    seen = version if isinstance(version, int) else None
    orders: list[Move | Due] = []
    if status.value != kept.get("s") or _fingerprint(note) != kept.get("n"):
        orders.append(Move(item, status, note or None, project, seen))
    if due != kept.get("d"):
        orders.append(Due(item, date_in(due), project, None if orders else seen))
    if not orders:
        raise BadInput(Why.NOTHING_CHANGES, {"item": item}, "status")
    return tuple(orders)


def _fingerprint(text: str) -> str:
    """Tells whether a note was changed, without carrying it along."""
    return format(zlib.crc32(" ".join(text.split()).encode("utf-8", "replace")), "x")
