"""Who stands in for somebody who is away, for whom somebody does, and until when."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.acting import acting, today
from bot.people import Delegation, Person
from bot.qa import wording
from bot.qa.replies import Answer, AnswerKind
from bot.qa.rule import Form, Needs, Rule
from bot.qa.topics.moments import settled
from bot.qa.topics.topic import Asked, Topic
from bot.text import clip

_MAY = ("who", "today", "past", "not", "when", "everywhere", "available", "out")
_TROUBLE = 100

RULES = (
    Rule("for", ("acting|stand_in",), _MAY, Needs.PERSON, whether=None),
    Rule("for", ("acting|stand_in", "who"), _MAY, Needs.PERSON, whether=None),
)


def answer(asked: Asked) -> Answer:
    people = asked.reading.people
    cue = next(one for one in asked.reading.cues if one.rows & {"acting", "stand_in"})
    first_acts = "acting" in cue.rows and people[0].end <= cue.start
    who = asked.person()
    if not first_acts:
        return _for(asked, who)
    if len(people) > 1:
        return _whether(asked, who, asked.person(1))
    return _by(asked, who)


def _given(asked: Asked) -> tuple[list[Delegation], date | None]:
    """What is known of who stands in for whom, as far as the asker may; and the day that is asked
    about, where it is another one.
    """
    facts, when = asked.facts, asked.question.when
    given: Sequence[Delegation] = facts.delegations
    day = None
    if when is not None:
        period = settled(asked, when, ())
        moment = period.begin or facts.now
        given = facts.evidence.delegations(moment)
        day = asked.day_of(moment)
    keys = set(asked.numbers()) if asked.names_projects else None
    return [
        one
        for one in given
        if (one.project is None or facts.sees(one.project))
        and (keys is None or one.project is None or one.project in keys)
    ], day


def _covering(asked: Asked, given: Sequence[Delegation], day: date | None) -> list[Delegation]:
    """Those that count on the day, which it is where the one who is away lives."""
    facts = asked.facts
    return [
        one
        for one in given
        if (away := facts.people.get(one.person)) is not None
        and one.covers(day or today(away, facts.now))
    ]


def _for(asked: Asked, who: Person) -> Answer:
    facts, name = asked.facts, wording.person(who, asked.facts)
    given, day = _given(asked)
    own = [one for one in given if one.person == who.id]
    found = _covering(asked, own, day)
    verdict = bool(found) if asked.reading.form is Form.WHETHER else None
    nobody = f"On {day}, nobody stood in" if day else "Nobody stands in today"
    said = [_line(asked, one, day) for one in found] or [f"{nobody} for {name}."]
    if not who.active:
        said.append(f"{name} has left.")
    if day is None:
        here = today(who, facts.now)
        said += [_line(asked, one, here) for one in own if one.start > here]
        said += _further(asked, found)
        if found:
            back = max(one.end for one in found) + timedelta(days=1)
            said.append(f"{name} is back on {back.isoformat()}.")
    people = [one.delegate for one in found]
    made = asked.answer(" ".join(dict.fromkeys(said)), people=people, verdict=verdict)
    return made if found or verdict is not None else Answer(AnswerKind.ANSWER, made.said)


def _whether(asked: Asked, delegate: Person, away: Person) -> Answer:
    given, day = _given(asked)
    own = [one for one in given if one.person == away.id]
    found = _covering(asked, own, day)
    is_so = any(one.delegate == delegate.id for one in found)
    name, other = (wording.person(one, asked.facts) for one in (delegate, away))
    said = [_line(asked, one, day) for one in found] or [f"{name} does not stand in for {other}."]
    verdict = is_so if asked.reading.form is Form.WHETHER else None
    return asked.answer(" ".join(said), people=[one.delegate for one in found], verdict=verdict)


def _by(asked: Asked, who: Person) -> Answer:
    """For whom somebody stands in."""
    given, day = _given(asked)
    found = _covering(asked, [one for one in given if one.delegate == who.id], day)
    name = wording.person(who, asked.facts)
    said = [_line(asked, one, day) for one in found] or [f"{name} stands in for nobody."]
    verdict = bool(found) if asked.reading.form is Form.WHETHER else None
    return asked.answer(" ".join(said), people=[one.person for one in found], verdict=verdict)


def _line(asked: Asked, one: Delegation, day: date | None) -> str:
    """ "Dan Okoro stands in for Bea Lind from 2026-11-20 to 2026-12-01 in all projects"."""
    facts = asked.facts
    delegate, away = (
        wording.person(facts.people.get(n), facts) for n in (one.delegate, one.person)
    )
    where = wording.name(facts.name_of(one.project)) if one.project else "all projects"
    by = f", set by {wording.person(facts.people.get(one.set_by), facts)}" if one.set_by else ""
    verb = "stands in"
    if asked.question.when is not None:
        verb = "stood in"
    elif day is not None and one.start > day:
        verb = "will stand in"
    span = f"from {one.start.isoformat()} to {one.end.isoformat()}"
    return f"{delegate} {verb} for {away} {span} in {where}{by}."


def _further(asked: Asked, found: Sequence[Delegation]) -> list[str]:
    """Who acts in the end, where a delegate is away as well; or why nobody does."""
    facts = asked.facts
    said: list[str] = []
    for one in found:
        away = facts.people.get(one.person)
        keys = [one.project] if one.project else list(facts.channel_projects)
        if away is None or not (key := next((k for k in keys if facts.sees(k)), None)):
            continue
        acts = acting(away, facts.project(key), facts.people, facts.delegations, facts.now)
        where = wording.name(facts.project(key).name)
        if acts is not None and acts.trouble:
            said.append(f"In {where} nobody acts: {clip(acts.trouble, _TROUBLE)}.")
        elif acts is not None and acts.delegate not in (None, one.delegate):
            last = wording.person(facts.people.get(acts.delegate), facts)
            said.append(f"In {where} it is {last} in the end.")
    return said


TOPIC = Topic("acting", RULES, answer)
