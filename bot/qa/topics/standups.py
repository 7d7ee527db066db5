"""What was told in standups today: by whom, by whom not, and who is away."""

from collections.abc import Iterator, Sequence

from bot.acting import standing_in, today
from bot.people import Person
from bot.presence import Half
from bot.qa import wording
from bot.qa.evidence import Said
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Form, Needs, Rule
from bot.qa.topics.blockers import said_today
from bot.qa.topics.topic import Asked, Topic
from bot.standups import State
from bot.text import clip

_POINT = 160  # characters of one answer
_DAY = ("today", "past", "everywhere", "yesterday")
_TOLD = (State.POSTED, State.NOTHING_NEW)
_OWING = (State.MISSING, State.ASKED)

RULES = (
    Rule("has posted", ("posted|missing",), ("not", *_DAY), Needs.PERSON, whether=True),
    Rule(
        "missing",
        ("who", "not", "posted|say|standup"),
        ("standup", "posted", "say", *_DAY),
        whether=None,
    ),
    Rule("missing", ("missing", "standup"), ("who", "not", *_DAY), whether=None),
    Rule("posted", ("who", "posted|say", "standup"), _DAY, whether=None),
    Rule("away", ("who", "out"), _DAY, whether=None),
    Rule("in", ("who", "available"), _DAY, whether=None),
    Rule(
        "has posted",
        ("posted|say", "standup"),
        ("not", "missing", *_DAY),
        Needs.PERSON,
        whether=True,
    ),
    Rule(
        "has posted", ("standup",), ("not", "missing", "posted", *_DAY), Needs.PERSON, whether=True
    ),
    Rule("is away", ("out|available|around",), ("not", "when", *_DAY), Needs.PERSON, whether=True),
    Rule("is away", ("when", "available|out"), _DAY, Needs.PERSON, whether=False),
    Rule(
        "told",
        ("say|standup|working|posted",),
        ("standup", "say", "posted", "working", "status", "blocker", *_DAY),
        Needs.PERSON,
        whether=False,
    ),
    Rule("all", ("standup",), ("status", "how", "say", *_DAY), whether=False),
)


def answer(asked: Asked) -> Answer | None:
    match asked.rule.name:
        case "missing":
            return _missing(asked)
        case "posted":
            return _posted(asked)
        case "away":
            return _away(asked)
        case "in":
            return _away(asked)
        case "has posted":
            return _has_posted(asked)
        case "is away":
            return _is_away(asked)
        case "told":
            return _told(asked)
        case _:
            return _all(asked)


def _entries(asked: Asked) -> list[Said]:
    """Today's standups, of the project that is meant where one is."""
    found = said_today(asked)
    if not (asked.names_projects or asked.reading.here):
        return found
    wanted = set(asked.numbers())
    return [one for one in found if one.project is None or one.project in wanted]


def _missing(asked: Asked) -> Answer:
    found = _entries(asked)
    told = {one.person for one in found}
    owing = [one.person for one in found if one.state in _OWING]
    told_of = found and not any(one.asked for one in found)  # by a document, which knows who is in
    if told_of and not (asked.names_projects or asked.reading.here):
        owing += [
            person.id
            for person in asked.facts.people.values()
            if person.in_standups and person.active and person.id not in told
        ]
    owing = [one for one in dict.fromkeys(owing) if not _is_out(asked, asked.facts.people[one])]
    away = [one.person for one in found if one.state is State.AWAY]
    rest = f" Away: {wording.people(away, asked.facts)}." if away else ""
    if not found:
        return asked.answer("No standup is on record for today.")
    if not owing:
        return asked.answer(f"Nobody owes a standup today.{rest}")
    who = wording.people(owing, asked.facts)
    verb = "has" if len(owing) == 1 else "have"
    return asked.answer(f"{who} {verb} not posted a standup today.{rest}", people=owing)


def _posted(asked: Asked) -> Answer:
    people = list(dict.fromkeys(one.person for one in _entries(asked) if one.state in _TOLD))
    if not people:
        return asked.answer("Nobody has posted a standup today.")
    said = f"{wording.people(people, asked.facts)} posted a standup today."
    return asked.answer(said, people=people)


def _away(asked: Asked) -> Answer:
    people = [one.person for one in _entries(asked) if one.state is State.AWAY]
    people += [one.id for one in asked.facts.people.values() if one.active and _is_out(asked, one)]
    people = list(dict.fromkeys(people))
    if not people:
        return asked.answer("Nobody is known to be away today.")
    entries = said_today(asked)
    said = "; ".join(_out_words(asked, asked.facts.people[one], entries) for one in people)
    return asked.answer(f"Away today: {said}.", people=people)


def _is_out(asked: Asked, person: Person) -> bool:
    """Whether somebody is away on the whole of their day, or has handed on their letters for it in
    every project.
    """
    facts = asked.facts
    day = today(person, facts.now)
    presence = facts.presence(person.id)
    return presence.is_away(day) or any(
        one.person == person.id and one.project is None and one.covers(day)
        for one in facts.delegations
    )


def _out_words(asked: Asked, person: Person, entries: Sequence[Said]) -> str:
    """ "Yuki Tanaka (on leave until 2026-11-27; Kim Roe acts)"."""
    facts, name = asked.facts, wording.person(person, asked.facts)
    notes = [
        clip(one.note, _POINT)
        for one in entries
        if one.person == person.id and one.state is State.AWAY and one.note
    ]
    notes += _back(asked, person)
    stand_in = standing_in(person, 0, facts.delegations, facts.now)
    if stand_in is not None:
        who = wording.person(facts.people.get(stand_in.delegate), facts)
        notes.append(f"{who} acts until {stand_in.end.isoformat()}")
    return f"{name} ({'; '.join(notes)})" if notes else name


def _back(asked: Asked, person: Person) -> Iterator[str]:
    """The day on which they work again, or the half of today that they are away."""
    day, presence = today(person, asked.facts.now), asked.facts.presence(person.id)
    match presence.off(day):
        case Half.DAY:
            yield f"back on {presence.back(day).isoformat()}"
        case Half.MORNING | Half.AFTERNOON as half:
            yield f"away in the {half.value}"
        case None:
            return


def _is_away(asked: Asked) -> Answer:
    who = asked.person()
    entries = [one for one in said_today(asked) if one.person == who.id]
    away = any(one.state is State.AWAY for one in entries) or _is_out(asked, who)
    name = wording.person(who, asked.facts)
    if not who.active:
        said = f"{name} has left{f' on {who.left_on.isoformat()}' if who.left_on else ''}."
        away = True
    elif away:
        said = f"{_out_words(asked, who, entries)} is out of office today."
    elif half := list(_back(asked, who)):
        return asked.answer(f"{name} is {half[0]} today.", people=[who.id])
    else:
        told = any(one.state in _TOLD for one in entries)
        seen = (
            f"{name} posted a standup today" if told else f"Nothing says that {name} is away today"
        )
        said = f"{seen}."
    verdict = None
    if asked.reading.form is Form.WHETHER:
        verdict = away is not (asked.reading.has("not") or asked.reading.has("available", "around"))
    return asked.answer(said, people=[who.id], verdict=verdict)


def _has_posted(asked: Asked) -> Answer:
    who, said, has_told = _of_person(asked, " posted: ")
    denied = asked.reading.has("not", "missing")
    return asked.answer(said, people=[who.id], verdict=has_told is not denied)


def _told(asked: Asked) -> Answer:
    who, said, _has_told = _of_person(asked, "")
    return asked.answer(said, people=[who.id])


def _of_person(asked: Asked, verb: str) -> tuple[Person, str, bool]:
    """Who is asked about, what is known of their standup today, and whether they told one."""
    who = asked.person()
    entries = [one for one in said_today(asked) if one.person == who.id]
    told = [one for one in entries if one.state in _TOLD]
    name = wording.person(who, asked.facts)
    if told:
        said = " ".join(f"{name}{verb}{words(asked, one)}" for one in told)
    elif any(one.state is State.AWAY for one in entries):
        said = f"{_out_words(asked, who, entries)} is out of office today."
    else:
        said = f"{name} has not posted a standup today."
    return who, said, bool(told)


def words(asked: Asked, one: Said) -> str:
    """ " (Fraud Sentinel): today: …; yesterday: …; blocker: …."."""
    where = f" ({wording.name(asked.facts.name_of(one.project))})" if one.project else ""
    parts = [
        f"{label}: {clip(said, _POINT)}"
        for label, said in (
            ("today", one.today),
            ("yesterday", one.yesterday),
            ("blocker", one.blocker),
            ("note", one.note),
        )
        if said
    ]
    return f"{where} – {'; '.join(parts) or 'nothing new'}."


def _all(asked: Asked) -> Answer:
    found = [one for one in _entries(asked) if one.state in _TOLD]
    if not found:
        return asked.answer("Nobody has posted a standup today.")
    points = (
        Point(
            f"{wording.person(asked.facts.people.get(one.person), asked.facts)}{words(asked, one)}"
        )
        for one in found
    )
    told = Told().listing(points, len(found))
    return asked.answer(told, people=[one.person for one in found])


TOPIC = Topic("standups", RULES, answer)
