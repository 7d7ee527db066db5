"""Who held a letter at another time, by the record: what was, also where it was told late.

Its questions are those for a letter with a time beside them: `bot.qa.past` takes the time out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.acting import Acting, standing_ins
from bot.history import held_between
from bot.moments import day
from bot.people import Delegation, Person
from bot.project import Assignment, Group, Holder, Letter, PersonHolder, Vacancy
from bot.qa import wording
from bot.qa.past import When
from bot.qa.periods import Period
from bot.qa.raci import LETTER, find, union
from bot.qa.replies import Answer, AnswerKind
from bot.qa.rule import Form
from bot.qa.times import Lead
from bot.qa.topics.moments import person_in, project_of, settled
from bot.qa.topics.topic import Asked, Place, Reply, Topic
from bot.qa.words import Intent

_INSTANT = timedelta(microseconds=1)
_DOES = {
    Letter.A: "accountable for",
    Letter.R: "responsible for",
    Letter.C: "consulted on",
    Letter.I: "informed about",
}
_BESIDE = {Letter.A: Letter.R, Letter.R: Letter.A}


@dataclass(frozen=True, slots=True)
class _Then:
    """What the record has of one item in a period. `ever` are all its letters of the kind."""

    asked: Asked
    place: Place
    period: Period
    letter: Letter
    ever: tuple[Assignment, ...]
    acting: Mapping[int, Acting]

    def held(self, letter: Letter) -> tuple[Assignment, ...]:
        """Who held it in the period, as far as that has passed."""
        now = self.asked.facts.now
        begin = self.period.begin
        end = now + _INSTANT if self.period.end is None else min(self.period.end, now + _INSTANT)
        rows = [one for one in self.ever if one.letter is letter]
        first = (
            begin
            if begin is not None
            else min((one.since for one in rows if one.since is not None), default=end - _INSTANT)
        )
        return held_between(rows, min(first, end - _INSTANT), end)

    @property
    def known_since(self) -> Assignment | None:
        """What began first, if the record does not go back to before all records."""
        known = [one for one in self.ever if one.letter is self.letter and not one.is_void]
        if not known or any(one.since is None for one in known):
            return None
        return min(known, key=lambda one: (one.since, one.id))


def answer(asked: Asked) -> Answer:
    if asked.question.left_over and not asked.choice.project:
        return asked.missing(asked.question.left_over[0])
    when, intent = asked.question.when, asked.question.intent or Intent.OWNER
    assert when is not None
    asked = _where_it_happened(asked, when)
    places = asked.places()
    if any(place.item is None for place in places):
        where = wording.listed([wording.name(one.project.name) for one in places])
        said = (
            f"Of {where} as such only the lead of today is on record. Ask about one of its stages."
        )
        return Answer(AnswerKind.UNKNOWN, said)
    letters = _letters(asked, places)
    somebody = asked.person() if asked.reading.form is Form.WHETHER else None
    letter = LETTER[intent]
    period = _period(asked, when, places, letters, letter)
    acted = asked.facts.evidence.delegations(period.begin) if period.is_day and period.begin else ()
    found = [
        _Then(
            asked, place, period, letter, letters[_row(place)], _acting(asked, place, period, acted)
        )
        for place in places
    ]
    people = [_people(one.held(letter)) for one in found]
    named = list(dict.fromkeys(number for some in people for number in some))
    verdict = None if somebody is None else somebody.id in named
    said = " ".join(_told(one) for one in found)
    made = asked.answer(said, places, people=named, verdict=verdict)
    if any(one.held(letter) for one in found):
        return made
    kind = AnswerKind.UNKNOWN if all(map(_is_before_record, found)) else AnswerKind.NO_OWNER
    return Answer(kind, made.said, stages=made.stages, verdict=made.verdict)


def _where_it_happened(asked: Asked, when: When) -> Asked:
    """Where nothing says which project is meant, it is the one of the run, the pull request or the
    model by which the time is told.
    """
    is_said = asked.names_projects or asked.choice.project or asked.facts.channel_projects
    if is_said or when.said is not None or asked.reading.here:
        return asked
    key = project_of(asked, when)
    return replace(asked, choice=replace(asked.choice, project=key)) if key else asked


def _row(place: Place) -> int:
    """The item whose letters count: of a component that takes those of its stage, the stage."""
    assert place.item is not None
    return place.project.ruling(place.item).id


def _letters(asked: Asked, places: Sequence[Place]) -> dict[int, tuple[Assignment, ...]]:
    rows = {_row(place): [] for place in places}  # type: dict[int, list[Assignment]]
    for item, held in asked.facts.evidence.letters(list(rows)):
        rows[item].append(held)
    return {item: tuple(held) for item, held in rows.items()}


def _period(
    asked: Asked,
    when: When,
    places: Sequence[Place],
    letters: Mapping[int, Iterable[Assignment]],
    letter: Letter,
) -> Period:
    """The time that is meant; "before Sam" is right before Sam's first letter of that kind."""
    if when.said is None and when.lead is not Lead.AT:
        number = person_in(when.event, asked)
        if number is not None:
            return _beside(asked, when.lead, number, places, letters, letter)
    return settled(asked, when, list(dict.fromkeys(one.project.id for one in places)))


def _beside(
    asked: Asked,
    lead: Lead,
    number: int,
    places: Sequence[Place],
    letters: Mapping[int, Iterable[Assignment]],
    letter: Letter,
) -> Period:
    name = wording.person(asked.facts.people.get(number), asked.facts)
    own = [
        one
        for some in letters.values()
        for one in some
        if one.letter is letter and one.holder == PersonHolder(number) and not one.is_void
    ]
    ends = [
        moment
        for one in own
        if (moment := one.since if lead is Lead.BEFORE else one.until) is not None
        and moment <= asked.facts.now
    ]
    what = wording.listed([wording.thing(one.project, one.item) for one in places])
    person = asked.facts.people.get(number)
    if own and not ends and lead is Lead.SINCE and person is not None and not person.active:
        raise Reply(_not_taken_over(asked, person, letter, places))
    if not ends:
        was = "began to be" if lead is Lead.BEFORE else "stopped being"
        said = f"No day is on record on which {name} {was} {_DOES[letter]} {what}."
        raise Reply(Answer(AnswerKind.UNKNOWN, said))
    if lead is Lead.BEFORE:
        first = min(ends)
        return Period(first - _INSTANT, first, f"right before {name} ({day(first)})", True)
    last = max(ends)
    return Period(last, last + _INSTANT, f"right after {name} ({day(last)})", True)


def _not_taken_over(
    asked: Asked, person: Person, letter: Letter, places: Sequence[Place]
) -> Answer:
    """That somebody who left is still listed; and who is nearest, or holds it beside them."""
    facts, intent = asked.facts, asked.question.intent or Intent.OWNER
    found = [find(one.project, one.item, intent, facts) for one in places]
    what = wording.listed([wording.thing(one.project, one.item) for one in places])
    since = f" on {person.left_on.isoformat()}" if person.left_on else ""
    said = (
        f"Nobody took over: {wording.person(person, facts)} left{since}, still listed as "
        f"{_DOES[letter]} {what}."
    )
    told = [said, *(wording.found(one, facts) for one in found)]
    nobody = all(one.nobody for one in found)
    return Answer(
        AnswerKind.NO_OWNER if nobody else AnswerKind.ANSWER,
        " ".join(told),
        people=union(one.people for one in found),
        stages=tuple(dict.fromkeys(place.pair for place in places)),
    )


def _acting(
    asked: Asked, place: Place, period: Period, acted: Sequence[Delegation]
) -> Mapping[int, Acting]:
    """Who acted for whom, where a day is asked about: at its end, or now if it is today."""
    if period.begin is None or not period.is_day or not acted:
        return {}
    moment = min((period.end or asked.facts.now) - _INSTANT, max(period.begin, asked.facts.now))
    return standing_ins(place.project, asked.facts.people, acted, moment)


def _people(held: Iterable[Assignment]) -> list[int]:
    return [one.holder.person for one in held if isinstance(one.holder, PersonHolder)]


# --- what it says ---------------------------------------------------------------------------------


def _told(one: _Then) -> str:
    held = one.held(one.letter)
    what = wording.thing(one.place.project, one.place.item)
    words = f"{one.period.words[0].upper()}{one.period.words[1:]}"
    parts = (
        [f"{words}, {_who(one, held)} {_DOES[one.letter]} {what}."]
        if held
        else [_nobody(one, words, what)]
    )
    other = _BESIDE.get(one.letter)
    if held and other and one.period.is_day and (beside := one.held(other)):
        parts.append(
            f"{other.word.capitalize()}: {wording.listed([_holder(one, h) for h in beside])}."
        )
    first = one.known_since
    if (
        held
        and first
        and first.since
        and (one.period.begin is None or first.since > one.period.begin)
    ):
        parts.append(f"No record before {day(first.since)}.")
    if _takes_letters(one.place):
        stage = one.place.project.ruling(one.place.item).title if one.place.item else ""
        parts.append(f"It takes the letters of its stage, {wording.name(stage)}.")
    return " ".join(parts)


def _takes_letters(place: Place) -> bool:
    return place.item is not None and place.project.ruling(place.item) is not place.item


def _who(one: _Then, held: Sequence[Assignment]) -> str:
    names = wording.listed([_holder(one, each) for each in held])
    return f"{names} {'was' if len(held) == 1 else 'were'}"


def _holder(one: _Then, held: Assignment) -> str:
    """ "Kim Roe (since 2026-01-04, set by Ana Cruz; until 2026-03-01)"."""
    asked = one.asked
    notes = [_since(held, asked)]
    if held.until is not None and held.until <= asked.facts.now:
        notes.append(f"until {day(held.until)}")
    acts = one.acting.get(held.holder.person) if isinstance(held.holder, PersonHolder) else None
    if acts is not None and acts.delegate is not None:
        stood = asked.facts.people.get(acts.delegate)
        notes.append(f"{wording.person(stood, asked.facts)} acted")
    return f"{_name(held.holder, asked)} ({'; '.join(notes)})"


def _name(holder: Holder, asked: Asked) -> str:
    match holder:
        case PersonHolder():
            return wording.person(asked.facts.people.get(holder.person), asked.facts)
        case Vacancy():
            return f"a vacant seat for {wording.name(holder.role)}"
        case Group():
            return f"the group {wording.name(holder.handle.lstrip('@'))}"


def _since(held: Assignment, asked: Asked) -> str:
    if held.since is None:
        return "since before the record began"
    facts = asked.facts
    by = wording.person(facts.people.get(held.set_by), facts) if held.set_by else "the operator"
    if held.is_back_dated:
        told = day(held.recorded_at)
        return f"since {day(held.since)}, back-dated by {by} on {told}"
    return f"since {day(held.since)}, set by {by}"


def _is_before_record(one: _Then) -> bool:
    first = one.known_since
    end = one.period.end
    return first is not None and first.since is not None and end is not None and first.since >= end


def _nobody(one: _Then, words: str, what: str) -> str:
    first = one.known_since
    if _is_before_record(one) and first is not None and first.since is not None:
        then = day(first.since)
        return (
            f"No record before {then} tells who was {_DOES[one.letter]} {what}. "
            f"First: {_holder(one, first)}."
        )
    if not any(each.letter is one.letter for each in one.ever):
        return f"No record tells of anybody who was {_DOES[one.letter]} {what}."
    return f"{words}, nobody was {_DOES[one.letter]} {what}."


TOPIC = Topic("then", (), answer)
