"""What is in the way, of a stage, of a project, or of somebody today."""

from collections.abc import Iterable, Iterator

from bot import blockers, text
from bot.acting import today
from bot.condition import Blocker
from bot.moments import day
from bot.project import Item, Project, Status
from bot.qa import wording
from bot.qa.evidence import Said
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Form, Needs, Rule
from bot.qa.tallies import Mark, Wanted, in_states, of
from bot.qa.topics.having import having
from bot.qa.topics.status import item_line
from bot.qa.topics.topic import Asked, Place, Topic

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

_HINDERED = Wanted(
    (
        *in_states((Status.AT_RISK, Status.BLOCKED, Status.ON_HOLD)).sorts,
        *of(Mark.BLOCKERS).sorts,
    )
)
"""Whatever may say in words what is in its way."""

RULES = (
    Rule("who", ("who", "blocked|blocker"), (*_BESIDE, "waiting"), whether=None),
    Rule("person", ("blocked|blocker|waiting",), (*_BESIDE, "why", "where"), Needs.PERSON),
    Rule("of", ("blocker",), (*_BESIDE, "why"), whether=None),
    Rule("of", ("why", "blocked|late|risk|hold"), ("today", "past", "stage"), whether=False),
    Rule("of", ("waiting",), ("today",), whether=False),
    Rule("of", ("blocked",), ("today", "where"), Needs.ITEM, whether=False),
    Rule("words", ("blocker",), (*_BESIDE, "why"), whether=None, open=True),
)


def answer(asked: Asked) -> Answer | None:
    match asked.rule.name:
        case "who":
            return _who(asked)
        case "person":
            return _of_person(asked)
        case "words":
            return _of_words(asked)
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
    return f"{who}{where}: {text.clip(one.blocker, _POINT)}"


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


def _of_words(asked: Asked) -> Answer | None:
    """The blockers in whose own words it is asked for: "what is blocking the camera feed?"; None
    where none tells of all that is said.
    """
    reading = asked.reading
    if reading.items:
        return None
    wanted = frozenset(text.root(reading.words[at].text) for at in reading.left)
    standups = [one for one in said_today(asked) if wanted <= _roots(one.blocker)]

    def lines(project: Project) -> Iterator[tuple[Item | None, str]]:
        for item in project.items:
            told = _told_of(asked, project, item)
            yield from ((item, said) for own, said in told if wanted <= _roots(own))
        lately = [one for one in standups if one.project == project.id]
        if lately:
            yield None, _in_standups(asked, lately)

    told_in = {one.project for one in standups if one.project is not None}
    found = having(asked, _HINDERED, lines, told_in)
    if not found.first:
        return None
    points = (Point(said) for _, (_, said) in found.first)
    places = [Place(project, item) for project, (item, _) in found.first]
    verdict = True if reading.form is Form.WHETHER else None
    said = Told().listing(points, len(found.first), _ROOM)
    return asked.answer(said, places, verdict=verdict)


def _roots(said: str) -> frozenset[str]:
    return frozenset(map(text.root, text.tokens(said)))


def _obstacles(asked: Asked, place: Place, standups: list[Said]) -> Iterator[str]:
    project = place.project
    for item in _items(project, place.item):
        is_told = blockers.of(item) or place.item is item
        yield from (said for _, said in _told_of(asked, project, item) if is_told)
    told = [
        one
        for one in standups
        if one.project == project.id and (place.item is None or one.item == place.item.key)
    ]
    if told:
        yield _in_standups(asked, told)


def _told_of(asked: Asked, project: Project, item: Item) -> Iterator[tuple[str, str]]:
    """What is in the way of an item, as it was told and as an answer says it: its blockers, else
    its note.
    """
    for one in blockers.of(item):
        yield one.text, _line_of(asked, project, item, one)
    if item.note and not blockers.of(item):
        yield item.note, f"{wording.thing(project, item)}: {text.clip(item.note, _POINT)}."


def _line_of(asked: Asked, project: Project, item: Item, one: Blocker) -> str:
    """ "Annotation in Wake Watch is blocked: no pictures, since 2026-11-03, owner Cy Moss."."""
    people = asked.facts.people
    since = f", since {day(one.since)}" if one.since else ""
    owner = people.get(blockers.whose(project, item, one, people) or 0)
    whose = f", owner {wording.person(owner, asked.facts)}" if owner else ""
    reason = text.clip(one.text, _POINT) or "no reason was told"
    return f"{wording.thing(project, item)} is blocked: {reason}{since}{whose}."


def _in_standups(asked: Asked, told: Iterable[Said]) -> str:
    return f"In today's standups: {'; '.join(line(asked, one) for one in told)}."


def _items(project: Project, item: Item | None) -> list[Item]:
    if item is None:
        return list(project.items)
    return [item, *(project.components(item.key) if item.parent is None else ())]


TOPIC = Topic("blockers", RULES, answer)
