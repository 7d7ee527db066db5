"""Deciding when files come by themselves, and what is told of those that do."""

from dataclasses import dataclass
from datetime import datetime

from bot.cadence import ExportPlan
from bot.changes import ExportEnded, ExportSet, OwnExportEnded, OwnExportSet
from bot.channels import Rest
from bot.errors import Refused, Why
from bot.lateness import Missed
from bot.outcome import Place
from bot.people import Person
from bot.project import Channel

To = Channel | int
"""A channel, or a person by id."""

ITEM = {"item": "when this file comes"}


@dataclass(frozen=True, slots=True)
class ExportShown:
    """A file that comes by itself: to the channel of `place`, or (None) to the one who asks. With
    `plan` None it does not. `number` is its id.

    `left_out` names what of it the one who asks may see, and not all who read it there. `rests`:
    nothing is told there now; `rest` says why, where Charter could post there. What set it so just
    now is line `seq` of the record and can be undone until `undo_until`. `missed` are those of the
    last weeks that did not come.
    """

    place: Place | None
    title: str
    plan: ExportPlan | None
    number: int = 0
    set_by: Person | None = None
    next_at: datetime | None = None
    left_out: tuple[str, ...] = ()
    rests: bool = False
    rest: Rest | None = None
    seq: int = 0
    undo_until: datetime | None = None
    undone: bool = False
    missed: tuple[Missed, ...] = ()


def begun(
    to: To, project: int | None, present: ExportPlan | None, wanted: ExportPlan
) -> ExportSet | OwnExportSet:
    """`Refused` where it is set so already."""
    if present == wanted:
        raise Refused(Why.NOTHING_CHANGES, ITEM)
    if isinstance(to, Channel):
        return ExportSet(to, project, present, wanted)
    return OwnExportSet(to, project, present, wanted)


def ended(to: To, project: int | None, present: ExportPlan) -> ExportEnded | OwnExportEnded:
    if isinstance(to, Channel):
        return ExportEnded(to, project, present)
    return OwnExportEnded(to, project, present)
