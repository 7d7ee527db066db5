"""What somebody held at another time, by the record: "what did Kim own in March?"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.history import held_between
from bot.moments import day
from bot.project import Assignment, Letter
from bot.qa import wording
from bot.qa.periods import Period
from bot.qa.raci import LETTER
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Form
from bot.qa.topics.moments import settled
from bot.qa.topics.topic import Asked, Place, Topic

_INSTANT = timedelta(microseconds=1)
_DOES = {
    Letter.A: "accountable for",
    Letter.R: "responsible for",
    Letter.C: "consulted on",
    Letter.I: "informed about",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """One letter that somebody held, and where; `title` also where that was taken out since."""

    place: Place
    title: str
    held: Assignment


def answer(asked: Asked) -> Answer:
    if asked.question.left_over and not asked.choice.project:
        return asked.missing(asked.question.left_over[0])
    when, intent = asked.question.when, asked.question.intent
    assert when is not None
    assert intent is not None
    who, letter = asked.person(), LETTER[intent]
    within = {one.id for one in asked.projects()} if _is_limited(asked) else None
    period = settled(asked, when, [])
    ever = [
        (project, item, one)
        for project, item, one in asked.facts.evidence.letters_of(who.id)
        if one.letter is letter
        and asked.facts.sees(project)
        and (within is None or project in within)
    ]
    now = held_between([one for _, _, one in ever], *_bounds(period, asked.facts.now))
    rows = list(_rows(asked, [each for each in ever if each[2] in now]))
    name = wording.person(who, asked.facts)
    verdict = bool(rows) if asked.reading.form is Form.WHETHER else None
    words = f"{period.words[0].upper()}{period.words[1:]}"
    if not rows:
        said = (
            f"{words}, {name} was {_DOES[letter]} nothing on record.{_since(asked, ever, period)}"
        )
        return asked.answer(said, people=[who.id], verdict=verdict)
    told = Told(f"{words}, {name} was {_DOES[letter]}")
    told = told.listing((Point(_line(asked, one)) for one in rows), len(rows))
    return asked.answer(told, [one.place for one in rows], people=[who.id], verdict=verdict)


def _is_limited(asked: Asked) -> bool:
    return asked.names_projects or asked.reading.here or bool(asked.choice.project)


def _bounds(period: Period, now: datetime) -> tuple[datetime, datetime]:
    """The part of it that has passed; what is open begins with the record."""
    end = now + _INSTANT if period.end is None else min(period.end, now + _INSTANT)
    begin = period.begin if period.begin is not None else end - _INSTANT
    return min(begin, end - _INSTANT), end


def _rows(asked: Asked, ever: Sequence[tuple[int, int, Assignment]]) -> Iterable[_Row]:
    projects = asked.facts.projects(dict.fromkeys(project for project, _, _ in ever))
    for key, item, held in ever:
        project = projects[key]
        found = next((one for one in project.items if one.id == item), None)
        gone = next((one.title for one in project.gone if one.id == item), "")
        if found is not None or gone:
            yield _Row(Place(project, found), found.title if found else gone, held)


def _line(asked: Asked, row: _Row) -> str:
    """ "Annotation in Fraud Sentinel (since 2026-01-04; until 2026-03-01)"."""
    held = row.held
    notes = [f"since {day(held.since)}" if held.since else "since before the record began"]
    if held.until is not None and held.until <= asked.facts.now:
        notes.append(f"until {day(held.until)}")
    where = wording.name(row.place.project.name)
    return f"{wording.name(row.title)} in {where} ({'; '.join(notes)})"


def _since(asked: Asked, ever: Sequence[tuple[int, int, Assignment]], period: Period) -> str:
    """From when on there is anything, where it all came later."""
    known = [one.since for _, _, one in ever if not one.is_void]
    first = min((one for one in known if one is not None), default=None)
    if None in known or first is None or period.end is None or first < period.end:
        return ""
    return f" The first on record: {day(first)}."


TOPIC = Topic("held", (), answer)
