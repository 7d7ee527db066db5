"""What is due in a time that is said, over all that the asker sees: "what is due this week?"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot import health
from bot.project import CLOSED, Item, Letter, PersonHolder, Project
from bot.qa import wording
from bot.qa.ahead import Span, span
from bot.qa.periods import either
from bot.qa.replies import Answer, AnswerKind, Point, Told
from bot.qa.rule import Form, Needs, Rule
from bot.qa.topics.moments import which_day
from bot.qa.topics.status import item_told, told_of
from bot.qa.topics.topic import Asked, Place, Reply, Topic
from bot.scope import deadline
from bot.text import clip

_BESIDE = ("stage", "everywhere", "today", "count", "mine", "past", "of_projects")

RULES = (
    Rule("item", ("due",), ("past", "today"), Needs.ITEM, whether=True),
    Rule("list", ("due",), _BESIDE, Needs.NO_ITEM, people=True),
)


@dataclass(frozen=True, slots=True)
class _Due:
    """One thing that is due, with what there is to say of it."""

    day: date
    project: Project
    said: str
    item: Item | None = None


def answer(asked: Asked) -> Answer:
    when = _span(asked)
    if asked.rule.name == "item":
        return _of_item(asked, when)
    projects = asked.projects()
    whose = asked.authors()
    found = [one for project in projects for one in _due(project, when, asked, whose)]
    found.sort(key=lambda one: (one.day, one.project.name.casefold()))
    verdict = bool(found) if asked.reading.form is Form.WHETHER else None
    places = [Place(one.project, one.item) for one in found if one.item]
    if not found:
        where = "" if asked.is_of_all else f" in {_names(projects)}"
        return asked.answer(f"Nothing is due {when.words}{where}.", verdict=verdict)
    points = (Point(one.said) for one in found)
    told = Told(f"Due {when.words}").listing(points, len(found))
    return asked.answer(told, places, verdict=verdict)


def _names(projects: list[Project]) -> str:
    return wording.listed([wording.name(one.name) for one in projects])


def _span(asked: Asked) -> Span:
    """From when to when. Raises `Reply`: with both readings of "03/04", and for no day at all."""
    when = asked.question.when
    assert when is not None
    assert when.said is not None
    if when.last is None and (both := either(when.said)):
        raise Reply(which_day(asked, when, both))
    found = span(when.said, asked.today, when.last, past=asked.reading.has("past"))
    if found is None:
        typed = asked.question.sentence[when.start : when.end]
        told = f'No such day is in the calendar: "{clip(typed, 60)}". Say it like 2026-03-01.'
        raise Reply(Answer(AnswerKind.UNKNOWN, told))
    return found


def _of_item(asked: Asked, when: Span) -> Answer:
    places = asked.places()
    due = [place.item is not None and _is_due(place.item, when, asked.today) for place in places]
    said = [item_told(one.project, one.item, asked) for one in places if one.item]
    return asked.answer(told_of(said), places, verdict=all(due))


def _is_due(item: Item, when: Span, today: date) -> bool:
    """What is closed is due no more; of days that are over, it was."""
    is_open = item.status not in CLOSED or when.last < today
    return item.due is not None and when.has(item.due) and is_open


def _due(project: Project, when: Span, asked: Asked, whose: set[int]) -> Iterator[_Due]:
    """What is due of a project; of somebody alone, what they answer for or work on."""
    where = wording.name(project.name)
    for item in project.items:
        if item.due and _is_due(item, when, asked.today) and _is_theirs(project, item, whose):
            late = health.days_late(item, asked.today)
            state = f"{item.status.words}{', overdue' if late else ''}"
            said = f"{wording.name(item.title)} in {where} ({item.due.isoformat()}, {state})"
            yield _Due(item.due, project, said, item)
    if whose:
        return
    for one in project.milestones:
        if not one.removed and one.met_on is None and when.has(one.due):
            said = f"milestone {wording.name(one.title)} in {where} ({one.due.isoformat()})"
            yield _Due(one.due, project, said)
    day = deadline(project.scope)
    if day and when.has(day) and any(one.status not in CLOSED for one in project.items):
        yield _Due(day, project, f"the deadline of {where} ({day.isoformat()})")


def _is_theirs(project: Project, item: Item, whose: set[int]) -> bool:
    return not whose or any(
        isinstance(one.holder, PersonHolder)
        and one.holder.person in whose
        and one.letter in (Letter.A, Letter.R)
        for one in project.raci(item)
    )


TOPIC = Topic("deadlines", RULES, answer)
