"""What is in the way, of a stage, of a project, or of somebody today."""

from collections.abc import Iterable, Iterator

from bot import blockers
from bot.acting import today
from bot.moments import day
from bot.project import Item, Project
from bot.qa import wording
from bot.qa.evidence import Said
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Form, Needs, Rule
from bot.qa.tallies import Mark, of
from bot.qa.topics.having import having
from bot.qa.topics.status import item_line
from bot.qa.topics.topic import Asked, Place, Topic
from bot.text import clip

_POINT = 160  # characters of one blocker
_ROOM = 1_050  # characters of the blockers of all projects
_BESIDE = (
    "today",
    "everywhere",
    "past",
    "count",
    "stage",
    "open",
    "current",
    "status",
    "standup",
    "say",
    "posted",
)

RULES = (
    Rule("who", ("who", "blocked|blocker"), (*_BESIDE, "waiting"), whether=None),
    Rule("person", ("blocked|blocker|waiting",), (*_BESIDE, "why", "where"), Needs.PERSON),
    Rule("of", ("blocker",), (*_BESIDE, "why"), whether=None),
    Rule("of", ("why", "blocked|late|risk|hold"), ("today", "past", "stage"), whether=False),
    Rule("of", ("waiting",), ("today",), whether=False),
    Rule("of", ("blocked",), ("today", "where"), Needs.ITEM, whether=False),
)


def answer(asked: Asked) -> Answer:
    match asked.rule.name:
        case "who":
            return _who(asked)
        case "person":
            return _of_person(asked)
        case _:
            return _of(asked)


def said_today(asked: Asked) -> list[Said]:
    """The standups of everybody's own day, as far as the asker may know of them."""
    facts = asked.facts
    here = {person.id: today(person, facts.now) for person in facts.people.values()}
    days = sorted(set(here.values()))
    return [
        one
        for one in facts.evidence.said(days)
        if here.get(one.person) == one.day and (one.project is None or facts.sees(one.project))
    ]


def line(asked: Asked, one: Said) -> str:
    """ "Kim Roe (Fraud Sentinel): no access to the table"."""
    facts = asked.facts
    where = f" ({wording.name(facts.name_of(one.project))})" if one.project else ""
    who = wording.person(facts.people.get(one.person), facts)
    return f"{who}{where}: {clip(one.blocker, _POINT)}"


def _lines(asked: Asked, found: Iterable[Said]) -> tuple[Point, ...]:
    return tuple(Point(line(asked, one)) for one in found)


def _who(asked: Asked) -> Answer:
    limited = asked.names_projects or asked.reading.here or bool(asked.facts.channel_projects)
    wanted = set(asked.numbers()) if limited else None
    found = [
        one
        for one in said_today(asked)
        if one.blocker and (wanted is None or one.project in wanted)
    ]
    verdict = bool(found) if asked.reading.form is Form.WHETHER else None
    if not found:
        said = f"Nobody told of a blocker in a standup today{asked.where}."
        return asked.answer(said, verdict=verdict)
    return asked.answer(
        Told("Blocked today, by their standups", _lines(asked, found)),
        people=[one.person for one in found],
        verdict=verdict,
    )


def _of_person(asked: Asked) -> Answer:
    who = asked.person()
    found = [one for one in said_today(asked) if one.person == who.id and one.blocker]
    verdict = bool(found) if asked.reading.form is Form.WHETHER else None
    name = wording.person(who, asked.facts)
    if not found:
        said = f"{name} told of no blocker in a standup today."
        return asked.answer(said, people=[who.id], verdict=verdict)
    return asked.answer(Told("Blocked", _lines(asked, found)), people=[who.id], verdict=verdict)


def _of(asked: Asked) -> Answer:
    standups = [one for one in said_today(asked) if one.blocker]
    if asked.reading.has("everywhere") or asked.is_of_all:
        return _everywhere(asked, standups)
    places = asked.places()
    parts: list[str] = []
    for place in places:
        parts += _obstacles(asked, place, standups)
    verdict = bool(parts) if asked.reading.form is Form.WHETHER else None
    if not parts:
        named = wording.listed([wording.thing(one.project, one.item) for one in places])
        state = [item_line(one.project, one.item, asked) for one in places if one.item is not None]
        return asked.answer(
            " ".join((f"No blocker is on record for {named}.", *state)), places, verdict=verdict
        )
    return asked.answer(Told(points=tuple(map(Point, parts))), places, verdict=verdict)


def _everywhere(asked: Asked, standups: list[Said]) -> Answer:
    """Those of all projects that are meant, as many as there is room for."""
    found = having(
        asked,
        of(Mark.BLOCKERS),
        lambda project: _obstacles(asked, Place(project), standups),
        {one.project for one in standups if one.project is not None},
    )
    verdict = bool(found.total) if asked.reading.form is Form.WHETHER else None
    if not found.total:
        return asked.answer("No blocker is on record.", verdict=verdict)
    said = Told().listing((Point(one) for _, one in found.first), found.total, _ROOM)
    return asked.answer(said, [Place(one) for one in found.projects], verdict=verdict)


def _obstacles(asked: Asked, place: Place, standups: list[Said]) -> Iterator[str]:
    project = place.project
    for item in _items(project, place.item):
        for one in blockers.of(item):
            since = f", since {day(one.since)}" if one.since else ""
            owner = asked.facts.people.get(
                blockers.whose(project, item, one, asked.facts.people) or 0
            )
            whose = f", owner {wording.person(owner, asked.facts)}" if owner else ""
            text = clip(one.text, _POINT) or "no reason was told"
            yield f"{wording.thing(project, item)} is blocked: {text}{since}{whose}."
        if item.note and not blockers.of(item) and place.item is item:
            yield f"{wording.thing(project, item)}: {clip(item.note, _POINT)}."
    told = [
        one
        for one in standups
        if one.project == project.id and (place.item is None or one.item == place.item.key)
    ]
    if told:
        yield f"In today's standups: {'; '.join(line(asked, one) for one in told)}."


def _items(project: Project, item: Item | None) -> list[Item]:
    if item is None:
        return list(project.items)
    return [item, *(project.components(item.key) if item.parent is None else ())]


TOPIC = Topic("blockers", RULES, answer)
