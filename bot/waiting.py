"""What waits for somebody: what they were asked, and what only they can do."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot import scope
from bot.consultations import Consultation, stands
from bot.filling import fills
from bot.gates import Criterion, Gate, checks, lacking
from bot.people import Person
from bot.permissions import answerable
from bot.project import Assignment, Item, Letter, Offer, PersonHolder, Project

FRAMING = "framing"
"""The stage whose Accountable signs the scope off."""


@dataclass(frozen=True, slots=True)
class OfferWaits:
    """A hand-over that they accept or decline."""

    project: Project
    item: Item
    offer: Offer


@dataclass(frozen=True, slots=True)
class InputWaits:
    """Input that they were asked for, about an item whose question still stands."""

    project: Project
    item: Item
    asked: Consultation


@dataclass(frozen=True, slots=True)
class TickWaits:
    """An item under way, for whose gate nothing is `missing` but what they can tick."""

    project: Project
    item: Item
    missing: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class ApprovalWaits:
    """A scope that they sign off: it never was, or something material changed since."""

    project: Project
    is_stale: bool


@dataclass(frozen=True, slots=True)
class ReviewWaits:
    """A project of which nobody said for so many `days` that it is still true."""

    project: Project
    days: int


Waiting = OfferWaits | InputWaits | TickWaits | ApprovalWaits | ReviewWaits


def offers(project: Project, me: int) -> Iterator[OfferWaits]:
    for item in project.items:
        if item.offer is not None and item.offer.answerer == me:
            yield OfferWaits(project, item, item.offer)


def inputs(project: Project, asked: Iterator[Consultation]) -> Iterator[InputWaits]:
    items = {item.id: item for item in project.items}
    for one in asked:
        item = items.get(one.item)
        if item is not None and stands(one, item):
            yield InputWaits(project, item, one)


def is_under_way_for(project: Project, me: int) -> bool:
    """Whether they answer for something in it that is under way."""
    return any(
        item.status.is_under_way and _answers(project.raci(item), me) for item in project.items
    )


def ticks(project: Project, me: int, gate: Callable[[int], Gate]) -> Iterator[TickWaits]:
    for item in project.items:
        if not item.status.is_under_way or not _answers(project.raci(item), me):
            continue
        missing = lacking(checks(project, item, gate(item.id)))
        if missing and all(one.is_ticked_by_hand for one in missing):
            yield TickWaits(project, item, tuple(one.criterion for one in missing))


def approvals(project: Project, me: int, people: Mapping[int, Person]) -> Iterator[ApprovalWaits]:
    if not project.scope.version or signs_off(project, people) != me:
        return
    if project.scope.approval is None:
        yield ApprovalWaits(project, is_stale=False)
    elif scope.is_stale(project.scope):
        yield ApprovalWaits(project, is_stale=True)


def reviews(
    project: Project, me: int, now: datetime, usual: int, zone: str
) -> Iterator[ReviewWaits]:
    """`usual` are the days after which the workspace wants to know; `zone` is where they are."""
    if project.finish is not None or project.review is None or me not in answerable(project, None):
        return
    if days := project.review.overdue(now, usual, zone):
        yield ReviewWaits(project, days)


def signs_off(project: Project, people: Mapping[int, Person]) -> int | None:
    """Whom a sign-off is asked of: who is accountable for framing, else the project's lead."""
    framing = project.item(FRAMING)
    for held in project.raci(framing) if framing else ():
        if (
            held.letter is Letter.A
            and isinstance(held.holder, PersonHolder)
            and fills(held.holder, people)
        ):
            return held.holder.person
    return project.lead


def _answers(held: tuple[Assignment, ...], me: int) -> bool:
    return any(one.letter is Letter.A and one.holder == PersonHolder(me) for one in held)
