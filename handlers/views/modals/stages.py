"""The forms that move a stage and tick a criterion of its gate."""

import zlib
from collections.abc import Mapping
from typing import Any

from bot import orders
from bot.deciding import LONGEST_NOTE
from bot.errors import BadInput, Stale, Why
from bot.gates import GateShown
from bot.orders import Due, Move, TickCriterion
from bot.outcome import Shown
from bot.project import Item, Status
from handlers.views import seats
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import Block, Piece, View, bold, bullets, cut, name, paragraph
from handlers.views.modals.fields import (
    date_in,
    day,
    day_of,
    field,
    filled_again,
    needed,
    option,
    option_of,
    select,
    text_input,
    text_of,
    user,
    user_of,
)
from handlers.views.modals.frame import modal

MOST_TOLD = 5
"""Changes that came in between, and are told in a form."""


def move(shown: Shown, status: Status | None = None) -> View:
    """Where an item stands and when it is due; `status` is chosen for whoever opens it.

    ValueError where `shown` has no item.
    """
    project, item = shown.project, shown.item
    if item is None:
        raise ValueError("no item to move")
    due = item.due.isoformat() if item.due else None
    statuses = [option(each.value, seats.capital(each.words)) for each in Status]
    note = "" if item.status is Status.BLOCKED else item.note or ""
    blocks = [
        paragraph(bold(name(item.title)), f" in {name(project.name)}"),
        field("status", "Status", select(statuses, (status or item.status).value)),
        field(
            "note",
            "Note",
            text_input(note, longest=LONGEST_NOTE, lines=True),
            hint=_hint(item),
            optional=True,
        ),
        field(
            "owner",
            "Whose it is",
            user(),
            hint="Who sees to what is in its way. What is there already is handed on to them.",
            optional=True,
        ),
        field("due", "Due", day(due), optional=True),
    ]
    kept: Values = {
        "p": project.key,
        "i": item.key,
        "v": item.version,
        "s": item.status.value,
        "n": _fingerprint(note),
        "d": due,
    }
    return modal(Form.MOVE, "Move a stage", "Save", blocks, kept)


def reopen(shown: Shown) -> View:
    """The same for what was closed: it is in progress again, unless something else is chosen.

    `ValueError` without an item, as there.
    """
    return move(shown, Status.IN_PROGRESS)


def _hint(item: Item) -> str:
    if item.status is not Status.BLOCKED:
        return "Why it is blocked or skipped."
    return (
        f"In its way: {cut(item.note or 'something', 200)}. What you write here is in it as well."
    )


def read_move(view: Mapping[str, Any]) -> tuple[Move | orders.Block | Due, ...]:
    """Only what was changed, in the order in which to carry it out; `BadInput` for nothing, and for
    an owner where nothing is in the way.

    The first order is bound to the version that the person saw, the second follows right after it.
    """
    kept = unpack(view.get("private_metadata", ""))
    item, project = needed(str(kept.get("i") or ""), "item"), str(kept.get("p") or "") or None
    status, note = Status(option_of(view, "status") or str(kept.get("s"))), text_of(view, "note")
    due = day_of(view, "due")
    version = kept.get("v")
    seen = version if isinstance(version, int) else None
    owner, is_blocked = user_of(view, "owner"), kept.get("s") == Status.BLOCKED
    if owner and status is not Status.BLOCKED:
        raise BadInput(Why.NOT_BLOCKED, {"item": item}, "owner")
    wanted: list[Move | orders.Block | Due] = []
    if owner and (note or is_blocked):
        wanted.append(orders.Block(item, note, f"<@{owner}>", project))
    elif status.value != kept.get("s") or _fingerprint(note) != kept.get("n"):
        wanted.append(Move(item, status, note or None, project, seen))
    if due != kept.get("d"):
        wanted.append(Due(item, date_in(due), project, None if wanted else seen))
    if not wanted:
        raise BadInput(Why.NOTHING_CHANGES, {"item": item}, "status")
    return tuple(wanted)


def conflicting(view: Mapping[str, Any], stale: Stale) -> View:
    """The form as it was sent, with what somebody else did meanwhile: saving again means it."""
    kept: Values = {**unpack(view.get("private_metadata", "")), "v": stale.version, "s": ""}
    chosen = Status(option_of(view, "status") or Status.NOT_STARTED)
    asked = paragraph(
        f"Yours: {chosen.words}. Save again to put yours in its place, or cancel to keep theirs."
    )
    blocks = [filled_again(block, view) for block in view["blocks"] if block["type"] == "input"]
    return modal(Form.MOVE, "Move a stage", "Save mine", [*meanwhile(stale), asked, *blocks], kept)


def meanwhile(stale: Stale) -> list[Block]:
    """What somebody else did while a form was open."""
    told: list[list[str | Piece]] = [
        [bold(name(one.by)), f": {name(one.what, 300)}"] for one in stale.changes[-MOST_TOLD:]
    ]
    heading = paragraph(bold(name(stale.what)), " changed while this form was open:")
    return [heading, bullets(told)]


def tick(shown: GateShown, key: str) -> View:
    """Say that a criterion of a gate is met. `BadInput` where it has no such one (any more)."""
    found = [one for one in shown.checks if one.criterion.key == key]
    if not found:
        known = ", ".join(one.criterion.text for one in shown.checks)
        raise BadInput(Why.WHICH_CRITERION, {"item": shown.item.title, "known": known})
    blocks = [
        paragraph(bold(name(shown.item.title)), f" in {name(shown.project.name)}"),
        paragraph(f"You say that this is so: {cut(found[0].criterion.text, 300)}"),
        field(
            "note",
            "Note",
            text_input(longest=LONGEST_NOTE, lines=True),
            hint="What it rests on, if somebody asks later.",
            optional=True,
        ),
    ]
    kept: Values = {"p": shown.project.key, "i": shown.item.key, "k": key}
    return modal(Form.TICK, "Tick", "Tick", blocks, kept)


def read_tick(view: Mapping[str, Any]) -> TickCriterion:
    kept = unpack(view.get("private_metadata", ""))
    item, project = needed(str(kept.get("i") or ""), "item"), str(kept.get("p") or "") or None
    note = text_of(view, "note")
    return TickCriterion(item, str(kept.get("k") or ""), ticked=True, note=note, project=project)


def _fingerprint(text: str) -> str:
    """Tells whether a note was changed, without carrying it along."""
    return format(zlib.crc32(" ".join(text.split()).encode("utf-8", "replace")), "x")
