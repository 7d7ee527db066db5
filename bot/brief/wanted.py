"""What has to be decided, by whom and by when."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot import waiting
from bot.brief.values import Line, Material, Rule
from bot.consultations import Consultation, Occasion, stands
from bot.offers import ago
from bot.project import CLOSED, Item, Letter, PersonHolder, Project

_GATE, _APPROVAL, _OFFER, _INPUT = range(4)


def wanted(
    project: Project,
    asked: Sequence[Consultation],
    material: Material,
    now: datetime,
    today: date,
) -> Iterator[Line]:
    yield from _gates(project, material, today)
    yield from _approvals(project, material, today)
    yield from _offers(project, now)
    yield from _inputs(project, asked, today)


def _gates(project: Project, material: Material, today: date) -> Iterator[Line]:
    holders = (
        one.holder.person
        for item in project.items
        if item.status.is_under_way
        for one in project.raci(item)
        if one.letter is Letter.A and isinstance(one.holder, PersonHolder)
    )
    for person in dict.fromkeys(holders):
        for waits in waiting.ticks(project, person, lambda item: material.gates[item]):
            missing = len(waits.missing)
            what = "its last criterion" if missing == 1 else f"its last {missing} criteria"
            yield _line(
                Rule.GATE,
                project,
                waits.item,
                f"{waits.item.title}: tick {what}, and it is done",
                (person,),
                waits.item.due,
                today,
                _GATE,
            )


def _approvals(project: Project, material: Material, today: date) -> Iterator[Line]:
    person = waiting.signs_off(project, material.people)
    if person is None:
        return
    framing = project.item(waiting.FRAMING)
    by = framing.due if framing and framing.status not in CLOSED else None
    for waits in waiting.approvals(project, person, material.people):
        reason = "changed since it was approved" if waits.is_stale else "never approved"
        yield Line(
            Rule.APPROVAL,
            project,
            framing,
            f"Approve scope v{project.scope.version}",
            f"{reason}, {_until(by, today)}" if by else reason,
            (person,),
            by,
            ((by or date.max).toordinal(), _APPROVAL),
        )


def _offers(project: Project, now: datetime) -> Iterator[Line]:
    for item in project.items:
        if item.offer is not None:
            verb = "Give" if item.offer.is_request else "Take"
            yield Line(
                Rule.OFFER,
                project,
                item,
                f"{verb} {item.title}, or decline",
                f"offered {ago(item.offer.offered_at, now)}",
                (item.offer.answerer,),
                rank=(date.max.toordinal(), _OFFER, int(item.offer.offered_at.timestamp())),
            )


def _inputs(project: Project, asked: Sequence[Consultation], today: date) -> Iterator[Line]:
    """One line an item, however many were asked about it."""
    items = {item.id: item for item in project.items}
    found: dict[int, list[Consultation]] = defaultdict(list)
    for one in asked:
        if one.is_waiting and one.is_consulting and stands(one, items.get(one.item)):
            found[one.item].append(one)
    for key, some in found.items():
        item = items[key]
        blocked = any(one.occasion is Occasion.BLOCKED for one in some)
        about = "what could unblock it" if blocked else "what speaks against it"
        who = tuple(sorted({one.person for one in some}))
        by = min(one.due for one in some)
        yield _line(Rule.INPUT, project, item, f"{item.title}: say {about}", who, by, today, _INPUT)


def _line(
    rule: Rule,
    project: Project,
    item: Item | None,
    what: str,
    who: tuple[int, ...],
    by: date | None,
    today: date,
    kind: int,
) -> Line:
    return Line(
        rule,
        project,
        item,
        what,
        _until(by, today),
        who,
        by,
        ((by or date.max).toordinal(), kind),
    )


def _until(by: date | None, today: date) -> str:
    if by is None:
        return "no day is set"
    days = (by - today).days
    if days < 0:
        return f"{-days} day{'s' if days != -1 else ''} overdue"
    return f"due in {days} day{'s' if days != 1 else ''}" if days else "due today"
