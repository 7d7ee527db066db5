"""Whether projects are worth it: what each saves and costs, what was decided, and how it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot import amounts, scope
from bot.amounts import Amount
from bot.burnup import BurnUp
from bot.health import Health, health
from bot.people import Person
from bot.project import CLOSED, Metric, Project, Verdict


@dataclass(frozen=True, slots=True)
class Feasibility:
    """One project, as a portfolio compares it.

    Of saving and cost also the text, which may be no amount that can be compared. `is_late`: the
    `next_date` is over.
    """

    project: Project
    saving: Amount | None
    saving_text: str
    cost: Amount | None
    cost_text: str
    ratio: float | None
    verdict: Verdict | None
    metric: Metric | None
    health: Health
    next_date: date | None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Portfolio:
    """One page of all open projects that somebody may see, by name."""

    rows: tuple[Feasibility, ...]
    page: int
    pages: int


def feasibility(
    project: Project,
    people: Mapping[int, Person],
    today: date,
    zone: str = "UTC",
    trends: Sequence[BurnUp] = (),
) -> Feasibility:
    saving, cost = (scope.amount(project.scope, name) for name in ("expected_saving", "cost"))
    first = next_date(project)
    return Feasibility(
        project=project,
        saving=saving,
        saving_text=scope.value(project.scope, "expected_saving"),
        cost=cost,
        cost_text=scope.value(project.scope, "cost"),
        ratio=amounts.ratio(saving, cost),
        verdict=project.scope.verdict,
        metric=scope.primary(project.scope),
        health=health(project, people, today, zone, trends),
        next_date=first,
        is_late=first is not None and first < today,
    )


def next_date(project: Project) -> date | None:
    """The day that comes first of what is still open, the deadline of the whole among them."""
    days = [item.due for item in project.items if item.due and item.status not in CLOSED]
    deadline = scope.deadline(project.scope)
    return min([*days, *([deadline] if deadline else [])], default=None)
