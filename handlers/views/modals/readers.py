"""What a filled form orders. `BadInput.field` is the id of the block that is wrong."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.errors import BadInput, Why
from bot.orders import Assign, Due, Move, MoveLink, NewProject
from bot.project import Letter, Mode, Status
from bot.sources.base import Kind
from handlers.views.acts import unpack
from handlers.views.modals.fields import day_of, option_of, text_of, ticked, user_of
from handlers.views.modals.forms import NO_ITEM, fingerprint


def read_new_project(view: Mapping[str, Any]) -> NewProject:
    lead = user_of(view, "lead")
    return NewProject(
        name=_needed(text_of(view, "name"), "name"),
        lead=f"<@{lead}>" if lead else None,
        mode=Mode(option_of(view, "mode") or Mode.TEAM),
        bind_here=ticked(view, "bind"),
        private=ticked(view, "private"),
    )


def read_assign(view: Mapping[str, Any], today: date | None = None) -> Assign:
    """With `today` (where the person is), a later `since` is refused here already."""
    kept = unpack(view.get("private_metadata", ""))
    letters = str(kept.get("l") or option_of(view, "letters") or "")
    if not letters:
        raise BadInput(Why.BAD_LETTER, {"letters": ""}, "letters")
    item = str(kept.get("i") or option_of(view, "item") or "")
    since = _day(day_of(view, "since"))
    if since and today and since > today:
        raise BadInput(Why.FUTURE_DATE, {"date": since.isoformat()}, "since")
    seen = kept.get("v")
    return Assign(
        item=_needed(item, "item"),
        letters=tuple(Letter(letter) for letter in letters),
        holder=_holder(view),
        project=str(kept["p"]) if "p" in kept else None,
        since=since,
        hand_over=bool(kept.get("h")) or ticked(view, "handover"),
        seen=seen if isinstance(seen, int) else None,
    )


def _holder(view: Mapping[str, Any]) -> str:
    """A person or an open seat: one of them, not both."""
    person, role = user_of(view, "holder"), text_of(view, "role")
    if person and role:
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": role}, "role")
    if person:
        return f"<@{person}>"
    if role.casefold().startswith("vacant"):
        role = _needed(role[len("vacant") :].strip(" :"), "role")
    return f"vacant {_needed(role, 'holder')}"


def read_move(view: Mapping[str, Any]) -> tuple[Move | Due, ...]:
    """Only what was changed, in the order in which to carry it out; `BadInput` for nothing.

    The first order is bound to the version that the person saw, the second follows right after it.
    """
    kept = unpack(view.get("private_metadata", ""))
    item, project = _needed(str(kept.get("i") or ""), "item"), str(kept.get("p") or "") or None
    status, note = Status(option_of(view, "status") or str(kept.get("s"))), text_of(view, "note")
    due = day_of(view, "due")
    version = kept.get("v")
    seen = version if isinstance(version, int) else None
    orders: list[Move | Due] = []
    if status.value != kept.get("s") or fingerprint(note) != kept.get("n"):
        orders.append(Move(item, status, note or None, project, seen))
    if due != kept.get("d"):
        orders.append(Due(item, _day(due), project, None if orders else seen))
    if not orders:
        raise BadInput(Why.NOTHING_CHANGES, {"item": item}, "status")
    return tuple(orders)


def read_link_stage(view: Mapping[str, Any]) -> MoveLink:
    kept = unpack(view.get("private_metadata", ""))
    chosen = option_of(view, "item")
    item = None if chosen in (None, NO_ITEM) else chosen
    return MoveLink(Kind(str(kept.get("k"))), int(kept.get("n") or 0), item)


def _needed(text: str, field: str) -> str:
    if not text:
        raise BadInput(Why.EMPTY_TEXT, {"field": field}, field)
    return text


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
