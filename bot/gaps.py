"""What is missing: open items that nobody answers for, and what else a project is without."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot import scope
from bot.documents import DueReview, due_reviews
from bot.filling import fills
from bot.outcome import Gap
from bot.people import Person
from bot.project import CLOSED, Item, Letter, Project, Status

UNDER_WAY = frozenset(status for status in Status if status.is_under_way)


def gaps(project: Project, people: Mapping[int, Person]) -> Iterator[Gap]:
    """Open items without an active Accountable, then those without an active Responsible; of the
    former first those that are under way.

    A component that inherits its letters is its stage's gap, not one of its own. A vacant seat and
    somebody who left do not fill a letter.
    """
    found = list(_gaps(project, people))
    yield from (gap for gap in found if gap.is_unowned)
    yield from (gap for gap in found if not gap.is_unowned)


def _gaps(project: Project, people: Mapping[int, Person]) -> Iterator[Gap]:
    for letter in (Letter.A, Letter.R):
        for item in project.items:
            if item.inherits_raci or item.status in CLOSED:
                continue
            held = (one.holder for one in item.assignments if one.letter is letter)
            if not any(fills(holder, people) for holder in held):
                yield Gap(project, item, letter)


class LackKind(StrEnum):
    """What may be missing besides a letter, in the order in which it is told."""

    NO_TARGET = "no-target"
    SCOPE = "scope"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Lack:
    """Something else than a letter that a project (or one of its items) is without.

    `what` are the fields that its scope does not say, `due` the document that nobody has looked
    through in time.
    """

    project: Project
    kind: LackKind
    item: Item | None = None
    what: tuple[str, ...] = ()
    due: DueReview | None = None


def lacks(
    project: Project, people: Mapping[int, Person], today: date | None = None
) -> Iterator[Lack]:
    """What a project is without besides letters; nothing where there is nothing left to do.

    A scope that nobody has begun is one gap, its target; of one that was begun, all of it counts.
    Which documents are due, is told of a day alone.
    """
    if all(item.status in CLOSED for item in project.items):
        return
    if scope.lacks_target(project.scope):
        yield Lack(project, LackKind.NO_TARGET)
    if project.scope.version and (fields := scope.missing(project.scope)):
        yield Lack(project, LackKind.SCOPE, what=tuple(field.words for field in fields))
    for due in due_reviews(project, people, today) if today else ():
        yield Lack(project, LackKind.REVIEW, due.item, due=due)


@dataclass(frozen=True, slots=True)
class Missing:
    """All that is missing from some projects: `seats` first, then the rest.

    `owned` of the open `stages` have somebody accountable.
    """

    seats: tuple[Gap, ...]
    lacks: tuple[Lack, ...]
    owned: int
    stages: int

    @property
    def number(self) -> int:
        return len(self.seats) + len(self.lacks)


def missing(
    projects: Iterable[Project], people: Mapping[int, Person], today: date | None = None
) -> Missing:
    """What is missing from open projects, in the one order in which it is told everywhere: nobody
    accountable, what is under way first; nobody responsible; then the rest. By project and stage.
    """
    open_ones = sorted(
        (project for project in projects if project.archived_at is None),
        key=lambda project: (project.name.casefold(), project.id),
    )
    seats = [gap for project in open_ones for gap in gaps(project, people)]
    seats.sort(key=lambda gap: (gap.missing is not Letter.A, gap.item.status not in UNDER_WAY))
    stages = [one for project in open_ones for one in project.stages() if one.status not in CLOSED]
    without = {gap.item.id for gap in seats if gap.missing is Letter.A}
    return Missing(
        tuple(seats),
        tuple(lack for project in open_ones for lack in lacks(project, people, today)),
        sum(stage.id not in without for stage in stages),
        len(stages),
    )
