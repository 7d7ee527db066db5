"""What a message tells somebody: a notice as it is kept beside the message, so that it can be said
again together with more, and so that it can be told later why it was sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from bot.project import Item, Letter, Project
from bot.routing.recipients import Notice
from bot.routing.table import Event, Party, Route, routes

EVERYWHERE = 0
"""Stands where it is about no project by itself."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that somebody is told; people by id, the project and the item by name as well.

    `line` is the line of the record that it tells of, where that can be taken back.
    """

    event: Event
    to: Letter | Party
    at: datetime
    project: int
    project_key: str
    project_name: str
    item_key: str = ""
    item_title: str = ""
    by: int | None = None
    concerned: tuple[int, ...] = ()
    note: str = ""
    letters: tuple[Letter, ...] = ()
    until: date | None = None
    ref: int | None = None
    acting_for: int | None = None
    as_contact: str = ""
    as_accountable: bool = False
    line: int | None = None

    @property
    def route(self) -> Route | None:
        """The line of the table by which it was told; None where there is none any more."""
        return next((one for one in routes(self.event) if one.to is self.to), None)


def told(
    notice: Notice,
    project: Project | None,
    item: Item | None,
    now: datetime,
    line: int | None = None,
) -> Told:
    """What a notice tells; without a project it is about all of them."""
    happening = notice.happening
    return Told(
        event=happening.event,
        to=notice.route.to,
        at=now,
        project=project.id if project else EVERYWHERE,
        project_key=project.key if project else "",
        project_name=project.name if project else "All projects",
        item_key=item.key if item else "",
        item_title=item.title if item else "",
        by=happening.by,
        concerned=happening.concerned,
        note=happening.note,
        letters=happening.letters,
        until=happening.until,
        ref=happening.ref,
        acting_for=notice.acting_for,
        as_contact=notice.as_contact,
        as_accountable=notice.as_accountable,
        line=line,
    )


_KEPT: TypeAdapter[tuple[Told, ...]] = TypeAdapter(tuple[Told, ...])


def stored(tells: Iterable[Told]) -> dict[str, Any]:
    """What a message tells, as JSON; `recalled` reads it back."""
    return {"tells": _KEPT.dump_python(tuple(tells), mode="json", exclude_defaults=True)}


def recalled(why: Mapping[str, Any]) -> tuple[Told, ...]:
    """What a message tells; nothing for one that no letter routed."""
    return _KEPT.validate_python(why.get("tells", ()))
