"""Small values to decide on."""

from dataclasses import replace
from datetime import timedelta

from bot.changes import RolesChanged
from bot.people import Person
from bot.project import (
    Assignment,
    Holder,
    Item,
    Kind,
    Letter,
    PersonHolder,
    Project,
    Vacancy,
)
from tests.support.clock import T0

ANA, BEA, CY, DEE, BOT = 1, 2, 3, 4, 5
PEOPLE = {
    ANA: Person(ANA, "ana", "Ana Sample", "Ana", slack_id="UANA"),
    BEA: Person(BEA, "bea", "Bea Sample", "Bea", slack_id="UBEA"),
    CY: Person(CY, "cy", "Cy Sample", "Cy"),
    DEE: Person(DEE, "dee", "Dee Sample", "Dee", active=False, left_on=T0.date()),
    BOT: Person(BOT, "bot", "Build Bot", "Build", is_bot=True),
}
HOLDERS: tuple[Holder, ...] = (
    PersonHolder(ANA),
    PersonHolder(BEA),
    PersonHolder(CY),
    Vacancy("Data Engineer", "DE-1"),
    Vacancy("Developer"),
)


def held(letter: Letter, holder: Holder, key: int = 1) -> Assignment:
    since = T0 - timedelta(days=30)
    return Assignment(key, letter, holder, since, None, since, None, "command")


def item(*assignments: Assignment, key: str = "data_pipeline") -> Item:
    return Item(7, key, Kind.STAGE, "Data pipeline", ("ETL",), assignments=assignments)


def project(*items: Item) -> Project:
    return Project(3, "atlas", "Atlas", ("map",), lead=ANA, items=items)


def applied(before: Item, change: RolesChanged) -> Item:
    """The item after a change, as the ledger would leave it."""
    gone = {one.id for one in change.ended}
    kept = tuple(one for one in before.assignments if one.id not in gone)
    first = 1 + max((one.id for one in before.assignments), default=0)
    begun = tuple(
        Assignment(first + n, seat.letter, seat.holder, change.since, None, T0, None, "command")
        for n, seat in enumerate(change.begun)
    )
    back = tuple(replace(one, id=first + len(begun) + n) for n, one in enumerate(change.restored))
    return replace(before, assignments=kept + begun + back, version=before.version + 1)
