"""The form that lets somebody act for oneself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.deciding import LONGEST_NAME
from bot.errors import BadInput, Why
from bot.orders import Delegate
from handlers.views.acts import Form, Values, unpack
from handlers.views.kit import View, paragraph
from handlers.views.modals.fields import (
    date_in,
    day,
    day_of,
    field,
    text_input,
    text_of,
    user,
    user_of,
)
from handlers.views.modals.frame import modal


def delegate(days: tuple[date, date | None], project: str | None = None, title: str = "") -> View:
    """Who acts for me, from the first to the last of `days` (None: still to be said): in one
    project (`project` is its key), or in all.
    """
    first, last = days
    kept: Values = {"p": project} if project else {}
    where = f"in {title}" if project else "in all projects"
    return modal(
        Form.DELEGATE,
        "Delegate",
        "Delegate",
        [
            paragraph(f"Who acts for you {where} while you are away? Your letters stay yours."),
            field("holder", "Person", user()),
            field("from", "First day", day(first.isoformat())),
            field(
                "until",
                "Last day",
                day(last.isoformat() if last else ""),
                hint="Included. The day after it is you again.",
            ),
            field("reason", "Why", text_input(longest=LONGEST_NAME), optional=True),
        ],
        kept,
    )


def read_delegate(view: Mapping[str, Any]) -> Delegate:
    kept = unpack(view.get("private_metadata", ""))
    person = user_of(view, "holder")
    if person is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "holder"}, "holder")
    first, last = date_in(day_of(view, "from")), date_in(day_of(view, "until"))
    for block, found in (("from", first), ("until", last)):
        if found is None:
            raise BadInput(Why.EMPTY_TEXT, {"field": block}, block)
    assert first is not None
    assert last is not None
    project = str(kept["p"]) if "p" in kept else None
    return Delegate(f"<@{person}>", first, last, None, project, text_of(view, "reason"))
