"""Who is missing: stages without somebody accountable or responsible, vacant seats, leavers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.people import Person
from bot.project import Holder, Item, Letter, PersonHolder, Project, Vacancy
from bot.qa import wording
from bot.qa.raci import Line, last_accountable
from bot.qa.replies import Answer, Point, Subject, Told
from bot.qa.rule import Form, Needs, Rule
from bot.qa.tallies import Mark, has_left, lacks, of
from bot.qa.topics.having import having, places
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
    people = asked.facts.people
    mark = Mark.UNOWNED if letter is Letter.A else Mark.UNMANNED
    counted = having(
        asked,
        of(mark),
        lambda project: [item for item in project.items if lacks(item, letter, people)],
    )
    verdict = None
    if asked.reading.form is Form.WHETHER:
        verdict = bool(counted.total)
    if not counted.total:
        return asked.answer(
            f"Every stage and component{asked.where} has somebody {letter.word}.", verdict=verdict
        )
    found = places(counted)
    lines = (_line(asked, place) for place in found)
    said = _listed(f"Nobody is {letter.word} for", lines, counted.total)
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


def _held(project: Project) -> Iterator[tuple[Item, Letter, Holder]]:
    return ((item, one.letter, one.holder) for item in project.items for one in item.assignments)


def _vacant(asked: Asked) -> Answer:
    counted = having(asked, of(Mark.VACANT), _seats)
    found = [
        (Place(project, item), letter, holder) for project, (item, letter, holder) in counted.first
    ]
    verdict = bool(found) if asked.reading.form is Form.WHETHER else None
    if not found:
        return asked.answer(f"No seat is vacant{asked.where}.", verdict=verdict)
    lines = (
        f"{wording.name(holder.role)}, {letter.word} for {wording.thing(place.project, place.item)}"
        f"{f' (requisition {holder.requisition})' if holder.requisition else ''}"
        for place, letter, holder in found
    )
    return asked.answer(
        _listed("Vacant", lines, counted.total), [place for place, _, _ in found], verdict=verdict
    )


def _seats(project: Project) -> Iterator[tuple[Item, Letter, Vacancy]]:
    for item, letter, holder in _held(project):
        if isinstance(holder, Vacancy):
            yield item, letter, holder


def _left(asked: Asked) -> Answer:
    people = asked.facts.people
    counted = having(asked, of(Mark.LEFT), lambda project: _leavers(project, people))
    found = [(Place(project, item), letter, who) for project, (item, letter, who) in counted.first]
    verdict = bool(found) if asked.reading.form is Form.WHETHER else None
    if not found:
        said = f"Nobody who has left still holds a letter{asked.where}."
        return asked.answer(said, verdict=verdict)
    lines = (
        f"{wording.person(people[person], asked.facts)}"
        f"{_when(people[person].left_on)}, {letter.word} for "
        f"{wording.thing(place.project, place.item)}"
        for place, letter, person in found
    )
    who = [person for _, _, person in found]
    return asked.answer(
        _listed("Left, and still listed", lines, counted.total),
        [one for one, _, _ in found],
        people=who,
        verdict=verdict,
    )


def _leavers(project: Project, people: Mapping[int, Person]) -> Iterator[tuple[Item, Letter, int]]:
    for item, letter, holder in _held(project):
        if isinstance(holder, PersonHolder) and has_left(holder, people):
            yield item, letter, holder.person


def _when(day: object) -> str:
    return f" (left {day})" if day else ""


TOPIC = Topic("gaps", RULES, answer)
