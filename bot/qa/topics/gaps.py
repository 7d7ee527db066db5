"""Who is missing: stages without somebody accountable or responsible, vacant seats, leavers."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.filling import fills
from bot.project import Item, Letter, PersonHolder, Project, Status, Vacancy
from bot.qa import wording
from bot.qa.raci import Line, last_accountable
from bot.qa.replies import Answer, Point, Subject, Told
from bot.qa.rule import Form, Needs, Rule
from bot.qa.topics.topic import Asked, Place, Topic

_BESIDE = ("where", "stage", "everywhere", "count", "past", "yet", "status", "today")

RULES = (
    Rule("owner", ("not", "accountable"), _BESIDE, whether=None),
    Rule("owner", ("not", "accountable", "stage"), _BESIDE, Needs.NO_ITEM, whether=None),
    Rule("owner", ("unowned", "stage"), ("not", *_BESIDE), Needs.NO_ITEM, whether=None),
    Rule("owner", ("unowned",), ("not", *_BESIDE), whether=None),
    Rule("owner", ("vacant", "accountable"), ("assigned", *_BESIDE), whether=None),
    Rule("owner", ("gap",), ("not", *_BESIDE), whether=None),
    Rule("responsible", ("not", "responsible"), _BESIDE, whether=None),
    Rule("vacant", ("vacant",), ("open", "assigned", "who", *_BESIDE), whether=None),
    Rule("left", ("left", "assigned"), ("not", "who", *_BESIDE), whether=None),
    Rule("left", ("who", "left"), ("not", *_BESIDE), whether=None),
)


def answer(asked: Asked) -> Answer:
    match asked.rule.name:
        case "vacant":
            return _vacant(asked)
        case "left":
            return _left(asked)
        case "responsible":
            return _without(asked, Letter.R)
        case _:
            return _without(asked, Letter.A)


def _without(asked: Asked, letter: Letter) -> Answer:
    found = [
        Place(project, item)
        for project in asked.projects()
        for item in project.items
        if not item.inherits_raci
        and item.status is not Status.SKIPPED
        and not any(
            one.letter is letter and fills(one.holder, asked.facts.people)
            for one in item.assignments
        )
    ]
    verdict = None
    if asked.reading.form is Form.WHETHER:
        verdict = bool(found)
    if not found:
        return asked.answer(
            f"Every stage and component has somebody {letter.word}.", verdict=verdict
        )
    lines = (_line(asked, place) for place in found)
    said = _listed(f"Nobody is {letter.word} for", lines, len(found))
    made = asked.answer(said, found, verdict=verdict)
    subjects = tuple(Subject(one.project, one.item, (Line(letter),)) for one in found)
    return replace(made, subjects=subjects)


def _line(asked: Asked, place: Place) -> str:
    item = place.item
    assert item is not None
    last = last_accountable(item, asked.facts)
    vacant = next((one.holder for one in item.assignments if isinstance(one.holder, Vacancy)), None)
    notes = [
        f"vacant: {wording.name(vacant.role)}" if vacant else "",
        f"last {wording.person(last[0], asked.facts)}" if last else "",
        item.status.words if item.status.is_under_way else "",
    ]
    told = "; ".join(filter(None, notes))
    return f"{wording.thing(place.project, item)}{f' ({told})' if told else ''}"


def _listed(fact: str, lines: Iterable[str], total: int) -> Told:
    return Told(fact, where=": /charter gaps lists them").listing(map(Point, lines), total)


def _held(asked: Asked) -> Iterator[tuple[Project, Item, Letter, object]]:
    for project in asked.projects():
        for item in project.items:
            for one in item.assignments:
                yield project, item, one.letter, one.holder


def _vacant(asked: Asked) -> Answer:
    found = [
        (Place(project, item), letter, holder)
        for project, item, letter, holder in _held(asked)
        if isinstance(holder, Vacancy)
    ]
    verdict = bool(found) if asked.reading.form is Form.WHETHER else None
    if not found:
        return asked.answer("No seat is vacant.", verdict=verdict)
    lines = (
        f"{wording.name(holder.role)}, {letter.word} for {wording.thing(place.project, place.item)}"
        f"{f' (requisition {holder.requisition})' if holder.requisition else ''}"
        for place, letter, holder in found
    )
    return asked.answer(
        _listed("Vacant", lines, len(found)), [place for place, _, _ in found], verdict=verdict
    )


def _left(asked: Asked) -> Answer:
    people = asked.facts.people
    found = [
        (Place(project, item), letter, holder.person)
        for project, item, letter, holder in _held(asked)
        if isinstance(holder, PersonHolder)
        and holder.person in people
        and not people[holder.person].active
    ]
    verdict = bool(found) if asked.reading.form is Form.WHETHER else None
    if not found:
        return asked.answer("Nobody who has left still holds a letter.", verdict=verdict)
    lines = (
        f"{wording.person(people[person], asked.facts)}"
        f"{_when(people[person].left_on)}, {letter.word} for "
        f"{wording.thing(place.project, place.item)}"
        for place, letter, person in found
    )
    who = [person for _, _, person in found]
    return asked.answer(
        _listed("Left, and still listed", lines, len(found)),
        [one for one, _, _ in found],
        people=who,
        verdict=verdict,
    )


def _when(day: object) -> str:
    return f" (left {day})" if day else ""


TOPIC = Topic("gaps", RULES, answer)
