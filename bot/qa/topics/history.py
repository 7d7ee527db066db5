"""What changed, when, who did it, and who said yes to it."""

from bot.moments import day
from bot.project import Assignment, PersonHolder
from bot.qa import wording
from bot.qa.evidence import Past
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Form, Needs, Rule
from bot.qa.topics import changes
from bot.qa.topics.matching import WHAT, meant
from bot.qa.topics.topic import Asked, Topic
from bot.text import clip

_SHOWN = 5
_MAY = ("past", "not", "everywhere", "change", "approved", "before", "today", "decision", *WHAT)
_UNSIGNED = tuple(row for row in _MAY if row != "approved")  # "who signed off dropping it?"

RULES = (
    Rule("left", ("left",), ("past", "when", "not"), Needs.PERSON, whether=None),
    Rule(
        "accountable before",
        ("who", "accountable", "before|past"),
        ("before", "past"),
        Needs.ITEM,
        whether=False,
        people=True,
    ),
    Rule(
        "became",
        ("when", "change", "blocked|risk|hold|done|skipped|progress|started"),
        ("past",),
        Needs.ITEM,
        whether=False,
    ),
    Rule("became", ("when", "blocked|risk|hold"), ("past",), Needs.ITEM, whether=False),
    Rule(
        "became",
        ("since_when", "blocked|risk|hold|done|skipped|progress|started"),
        ("past", "when", "change", "waiting"),
        Needs.ITEM,
        whether=False,
    ),
    Rule(
        "approver",
        ("who", "approved|decision"),
        _MAY,
        whether=False,
        open=True,
        metrics=True,
        people=True,
    ),
    Rule(
        "when",
        ("when", "change|approved|decision"),
        ("who", *_MAY),
        whether=False,
        open=True,
        metrics=True,
        people=True,
    ),
    Rule("who", ("who", "change"), _UNSIGNED, whether=False, open=True, metrics=True, people=True),
    Rule(
        "what",
        ("change|history|decision",),
        ("who", *_MAY),
        whether=False,
        metrics=True,
        people=True,
    ),
    Rule(
        "what",
        ("before", "target|baseline|due|scope"),
        _MAY,
        whether=False,
        metrics=True,
        people=True,
    ),
    Rule("what", ("why", "change"), _MAY, whether=False, open=True, metrics=True, people=True),
)


def answer(asked: Asked) -> Answer | None:
    if asked.question.when is not None:
        return changes.in_period(asked)
    match asked.rule.name:
        case "became":
            return changes.became(asked)
        case "left":
            return _left(asked)
        case "accountable before":
            return _before(asked)
        case _:
            return _told(asked)


def _left(asked: Asked) -> Answer:
    who = asked.person()
    name = wording.person(who, asked.facts)
    if who.active:
        return asked.answer(f"{name} has not left.", people=[who.id], verdict=_said(asked, False))
    on = f" on {who.left_on.isoformat()}" if who.left_on else "; the day is not on record"
    return asked.answer(f"{name} left{on}.", people=[who.id], verdict=_said(asked, True))


def _said(asked: Asked, left: bool) -> bool | None:
    """Yes or no, where that is asked for."""
    if asked.reading.form is not Form.WHETHER:
        return None
    return left is not asked.reading.has("not")


# --- who was accountable --------------------------------------------------------------------------


def _before(asked: Asked) -> Answer:
    """Who was accountable last, before whoever is now: by the record, then by what was told."""
    places = asked.places()
    said, people = [], []
    for place in places:
        assert place.item is not None
        what = wording.thing(place.project, place.item)
        ended = [one for one in place.item.accountable if _is_over(one, asked)]
        if ended and not asked.reading.people:
            last = max(ended, key=lambda one: one.until or asked.facts.now)
            assert isinstance(last.holder, PersonHolder)
            who = asked.facts.people.get(last.holder.person)
            until = f" until {day(last.until)}" if last.until else ""
            said.append(f"{wording.person(who, asked.facts)} was accountable for {what}{until}.")
            people.append(last.holder.person)
            continue
        told = [
            one
            for one in asked.facts.evidence.past([place.project.id])
            if one.kind == "owner_change" and one.item == place.item.key
        ]
        known = {one.key: one for one in asked.facts.people.values()}
        if after := {number for one in asked.reading.people for number in one.people}:
            told = [one for one in told if one.after in known and known[one.after].id in after]
        if told and told[0].before in known:
            who = known[told[0].before]
            said.append(
                f"{wording.person(who, asked.facts)} was accountable for {what} until "
                f"{told[0].when}. {clip(told[0].summary, 200)}."
            )
            people.append(who.id)
        else:
            said.append(f"Nobody before is on record for {what}.")
    return asked.answer(" ".join(said), places, people=people)


def _is_over(one: Assignment, asked: Asked) -> bool:
    ended = one.until is not None and one.until <= asked.facts.now
    return ended and not one.is_void and isinstance(one.holder, PersonHolder)


# --- what was told --------------------------------------------------------------------------------


def _told(asked: Asked) -> Answer | None:
    projects = (
        [place.project.id for place in asked.places()] if _is_placed(asked) else asked.numbers()
    )
    found = meant(asked.reading, asked.facts.evidence.past(projects))
    found = [one for one in found if one.project is not None or not _is_placed(asked)]
    if asked.rule.name in ("who", "when"):
        found = sorted([*changes.last(asked), *found], key=lambda one: one.day, reverse=True)
    if not found:
        return None
    name = asked.rule.name
    if name == "approver":
        found = [one for one in found if one.approved_by] or found
    elif name == "who":
        found = [one for one in found if one.by] or found
    shown = found[:1] if name in ("approver", "when", "who") else found[:_SHOWN]
    people = [
        number
        for one in shown
        if (number := one.approved_by if name == "approver" else one.by)
        and name in ("approver", "who")
    ]
    said = Told(points=tuple(Point(line(asked, one), one.permalink) for one in shown))
    return asked.answer(said, people=people)


def _is_placed(asked: Asked) -> bool:
    return asked.names_projects or bool(asked.reading.items)


def line(asked: Asked, one: Past) -> str:
    """ "2026-10-21: Recall target raised (0.75 → 0.80), by Kim Roe, approved by Lena Fox."."""
    facts = asked.facts
    moved = f" ({_plain(one.before)} → {_plain(one.after)})" if one.before and one.after else ""
    by = f", by {wording.person(facts.people.get(one.by), facts)}" if one.by else ""
    yes = (
        f", approved by {wording.person(facts.people.get(one.approved_by), facts)}"
        if one.approved_by
        else ""
    )
    link = f" ({one.permalink})" if one.permalink else ""
    where = f" [{wording.name(facts.name_of(one.project))}]" if one.project else ""
    return f"{one.when}{where}: {clip(one.summary, 200)}{moved}{by}{yes}{link}."


def _plain(value: str) -> str:
    return clip(value.replace("_", " "), 60)


TOPIC = Topic("history", RULES, answer)
