"""How a project stands on the day of a digest, and what of that is news since the last one.

News is a step, not a state: what the last digest said and still is so makes no other one come.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import blockers as hurdles
from bot.burnup import BurnUp
from bot.condition import Blocker as Hurdle
from bot.digests.values import (
    Aim,
    Blocker,
    Deadline,
    Document,
    Linked,
    Runs,
    Seats,
    Waiting,
    Window,
    Worry,
)
from bot.documents import SOON as SOON_REVIEWED
from bot.documents import due_reviews
from bot.evidence import best, is_gone
from bot.gaps import gaps
from bot.hours import Hours
from bot.milestones import Milestone
from bot.moments import own_day
from bot.people import Person
from bot.project import CLOSED, Item, Letter, Metric, Project
from bot.raid import RaidEntry, ordered
from bot.review_lists import waits, worked
from bot.scope import zone
from bot.slips import slip
from bot.sources.base import PullRequest, PullState, Ref, Review, Run, RunState
from bot.spelling import folded

SOON = 14
"""Days ahead within which a due date is told."""

UNREVIEWED = frozenset({Review.REVIEW_REQUIRED, Review.NONE})


def day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def is_step(before: int, age: int) -> bool:
    """Whether an age in working days passed a step: three, five, and every further five."""
    return any(before < step <= age for step in (3, age // 5 * 5))


def blockers(project: Project, people: Mapping[int, Person], window: Window) -> Iterator[Blocker]:
    """What is in the way, the longest first; first of all what was so before the record began."""
    found = [
        _blocker(project, item, one, people, window)
        for item in project.items
        for one in hurdles.of(item)
    ]
    return iter(sorted(found, key=lambda one: (one.age is not None, -(one.age or 0))))


def _blocker(
    project: Project, item: Item, one: Hurdle, people: Mapping[int, Person], window: Window
) -> Blocker:
    owner = hurdles.whose(project, item, one, people)
    age, is_news = lasting(one.since, hurdles.days(owner, people), window)
    return Blocker(item, one.text, owner, one.since, age, is_news)


def lasting(
    since: datetime | None, days: Collection[int], window: Window
) -> tuple[int | None, bool]:
    """The age of what is in the way, in its owner's working days, and whether that is news."""
    age, before = (
        hurdles.aged(since, days, day(moment, window.zone), window.zone)
        for moment in (window.now, window.since)
    )
    return age, age is not None and is_step(before or 0, age)


def unheld(project: Project, people: Mapping[int, Person]) -> tuple[Seats, ...]:
    """Items that nobody answers for: those under way first, then those without an Accountable."""
    missing: dict[int, list[Letter]] = {}
    items: dict[int, Item] = {}
    for gap in gaps(project, people):
        missing.setdefault(gap.item.id, []).append(gap.missing)
        items[gap.item.id] = gap.item
    found = [
        Seats(items[key], tuple(letters), items[key].status.is_under_way)
        for key, letters in missing.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_under_way, Letter.A not in one.missing)))


def deadlines(project: Project, people: Mapping[int, Person], window: Window) -> Iterator[Deadline]:
    """Open items and milestones that are late or due within 14 days, the latest first: a day ends
    where the project is at home.
    """
    today, then = days_at(zone(project, people), window)
    for due, item in dated(project):
        told = due_within(SOON, due, today, then)
        if told is None:
            continue
        days, is_news = told
        first, moves = (
            (item.baseline, item.moves)
            if isinstance(item, Milestone)
            else (item.baseline_due, item.due_moves)
        )
        yield Deadline(item, due, days, slip(first, due) or 0, is_news, moves)


def dated(project: Project) -> list[tuple[date, Item | Milestone]]:
    """Open items and milestones with their days, the earliest first."""
    found: list[tuple[date, Item | Milestone]] = [
        (item.due, item) for item in project.items if item.due and item.status not in CLOSED
    ]
    found += [(one.due, one) for one in project.milestones if not one.removed and not one.met_on]
    return sorted(found, key=lambda pair: pair[0])


def days_at(home: str, window: Window) -> tuple[date, date]:
    """Today where a project is at home, and the day of the last digest."""
    return own_day(window.now, home), own_day(window.since, home)


def due_within(soon: int, due: date, today: date, then: date) -> tuple[int, bool] | None:
    """The days to go to a day that is late or comes within so many, and whether it is news: that it
    became late, or came so near, since the last digest. None where it is further away.
    """
    days, before = (due - today).days, (due - then).days
    if days > soon:
        return None
    return days, (days < 0 <= before) or before > soon


def documents(project: Project, people: Mapping[int, Person], window: Window) -> Iterator[Document]:
    """Documents to look through within a week, the latest first; news is what became due within
    that, or late, since the last digest: days are those of where the project is at home.
    """
    today, then = days_at(zone(project, people), window)
    for due in due_reviews(project, people, today, SOON_REVIEWED):
        told = due_within(SOON_REVIEWED, due.review, today, then)
        yield Document(due, told is not None and told[1])


def worries(raid: Iterable[RaidEntry], window: Window) -> Iterator[Worry]:
    """Risks as grave as can be, and whatever was to be looked at by now, the heaviest first."""
    today, then = day(window.now, window.zone), day(window.since, window.zone)
    for one in ordered(raid):
        is_past = one.is_past(today)
        if is_past or one.is_grave:
            yield Worry(one, is_past, is_news=is_past and not one.is_past(then))


def waiting(
    evidence: Iterable[Linked],
    logins: Mapping[str, int],
    hours: Mapping[int, Hours],
    window: Window,
) -> Iterator[Waiting]:
    """Pull requests that wait for review, the longest wait first; then the others that moved."""
    found: list[Waiting] = []
    for linked in evidence:
        seen = linked.sighting.seen
        if not isinstance(seen, PullRequest) or is_gone(linked.sighting, window.now):
            continue
        is_waiting = seen.state is PullState.OPEN and seen.review in UNREVIEWED
        is_news = linked.moved_at >= window.since
        if not is_waiting and not is_news:
            continue
        asked = waits(seen, logins, hours, window.now) if is_waiting else {}
        age = max(asked.values(), default=None)
        if age is None and is_waiting and seen.opened is not None:
            age = worked(Hours(), seen.opened, window.now)
        found.append(Waiting(linked, seen, age, is_waiting, is_news, asked))
    found.sort(key=lambda one: (not one.is_waiting, -(one.age or timedelta()), one.linked.id))
    return iter(found)


def runs(
    project: Project,
    evidence: Iterable[Linked],
    metric: str,
    highers: Mapping[str, bool],
    window: Window,
) -> Runs | None:
    """The best run against the scope, and what moved; None where there is nothing of either."""
    present = [
        (linked, seen)
        for linked in evidence
        if isinstance(seen := linked.sighting.seen, Run) and not seen.deleted
    ]
    moved = tuple(pair for pair in present if pair[0].moved_at >= window.since)
    finished = {seen.ref: linked for linked, seen in present if seen.state is RunState.FINISHED}
    aim = _aim(
        [seen for _, seen in present if seen.ref in finished], finished, project, metric, highers
    )
    return Runs(aim, moved) if aim or moved else None


def closer(trends: Iterable[BurnUp], told: Runs | None) -> tuple[BurnUp, ...]:
    """The metrics whose gap moved: a run that moved since the last digest was the best so far."""
    moved = {run.ref for _, run in told.moved} if told else set()
    return tuple(one for one in trends if any(step.run.ref in moved for step in one.steps))


def _aim(
    found: Sequence[Run],
    linked: Mapping[Ref, Linked],
    project: Project,
    metric: str,
    highers: Mapping[str, bool],
) -> Aim | None:
    """By the primary metric; without one, by the first of the scope that a run has."""
    for wanted in _metrics(project, metric, highers):
        if (top := best(found, wanted)) is not None:
            run, comparison = top
            return Aim(linked[run.ref], run, comparison)
    return None


def _metrics(project: Project, metric: str, highers: Mapping[str, bool]) -> Iterator[Metric]:
    wanted = folded(metric)
    if not wanted:
        yield from project.scope.metrics
        return
    scoped = [one for one in project.scope.metrics if wanted in _spellings(one)]
    if scoped:
        yield scoped[0]
    elif wanted in highers:
        yield Metric(metric, (), highers[wanted], "", None, None, None, None)


def _spellings(metric: Metric) -> set[str]:
    return {folded(name) for name in (metric.name, *metric.aliases)}
