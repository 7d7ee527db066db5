"""Where a stage, a component or a project stands; and when it is due."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot import blockers, health, slips
from bot.burnup import BurnUp, burn_ups
from bot.moments import day
from bot.project import CLOSED, Item, Project, Status
from bot.qa import wording
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Needs, Rule
from bot.qa.tallies import in_states
from bot.qa.topics.having import by_project, having, places
from bot.qa.topics.topic import Asked, Place, Topic
from bot.stages import silent_days
from bot.text import clip

_POINT = 160  # characters of one note
_BAD = (Status.BLOCKED, Status.AT_RISK)
_BY_CUE = {
    "done": (Status.DONE,),
    "fresh": (Status.NOT_STARTED,),
    "progress": (Status.IN_PROGRESS,),
    "started": (Status.IN_PROGRESS, Status.AT_RISK, Status.BLOCKED),
    "blocked": (Status.BLOCKED,),
    "trouble": _BAD,
    "risk": (Status.AT_RISK,),
    "hold": (Status.ON_HOLD,),
    "skipped": (Status.SKIPPED,),
}

_STATES = "|".join(_BY_CUE)
_SAID = "|".join((*_BY_CUE, "track"))

RULES = (
    Rule(
        "list", (_STATES, "stage"), ("not", "everywhere", "today", "past", "count"), Needs.NO_ITEM
    ),
    Rule("list", (_STATES,), ("everywhere", "today", "count", "covers"), Needs.NO_ITEM, False),
    Rule("due", ("due",), ("when", "past", "done", "stage", "promise"), whether=False),
    Rule("due", ("when", "done|started|progress"), ("past", "due"), whether=False),
    Rule("due", ("when",), ("stage",), Needs.ITEM, whether=False),
    Rule("due", ("when", "run"), ("past", "due"), Needs.ITEM, whether=False),
    Rule("whether", (_SAID,), ("past", "not", "today"), Needs.ITEM, whether=True),
    Rule("whether", (_SAID,), ("past", "not", "today", "going"), Needs.NO_ITEM, whether=True),
    Rule("status", ("status",), ("how", "today", "everywhere", "where"), whether=False),
    Rule("status", ("how", "going|track"), ("today", "far"), whether=False),
    Rule("status", ("how", "going", "stage"), ("today",), Needs.PROJECT),  # "how are things going"
    Rule("status", ("where", "going"), ("today",), whether=False),
    Rule("status", ("why", "red|risk"), ("today",), Needs.NO_ITEM, whether=False),
    Rule("status", ("hows",), ("how", "today"), Needs.PROJECT, whether=False),
    Rule("status", ("hows",), ("how", "today"), Needs.ITEM, whether=False),
    Rule("status", ("far",), ("going", "how", "today"), whether=False),
    Rule("status", ("stage",), ("today",), Needs.NO_ITEM, whether=False),
    Rule("status", (_SAID,), ("past", "today"), Needs.ITEM, whether=False),
)


def item_line(project: Project, item: Item, asked: Asked) -> str:
    """ "Annotation in Fraud Sentinel is blocked: waits for legal. Due 2026-12-01, 3 days late"."""
    return item_told(project, item, asked).text


def item_told(project: Project, item: Item, asked: Asked) -> Told:
    said = f"{wording.thing(project, item)} is {item.status.words}{note(item)}."
    parts = (due_words(item, asked.today), updated(item, asked))
    return Told(said, more=" ".join(filter(None, parts)))


def told_of(said: Sequence[Told]) -> Told:
    """What is said of one thing; of several, a sentence each."""
    return said[0] if len(said) == 1 else Told(points=tuple(Point(one.text) for one in said))


def note(item: Item) -> str:
    """What is in its way, or the note beside its status."""
    found = blockers.of(item)
    said = blockers.note(found) if found else item.note or ""
    return f": {clip(said, _POINT)}" if said else ""


def due_words(item: Item, today: date) -> str:
    if item.due is None:
        return "" if item.status in CLOSED else "No due date is set."
    late = health.days_late(item, today)
    if late:
        when = f", {days(late)} overdue"
    elif item.status in CLOSED:
        when = ""
    elif item.due == today:
        when = ", today"
    else:
        when = f", in {days((item.due - today).days)}" if item.due > today else ""
    slip = slips.words(slips.slip(item.baseline_due, item.due))
    return f"Due {item.due.isoformat()}{when}{f' ({slip})' if slip else ''}."


def updated(item: Item, asked: Asked) -> str:
    """When its status was last told; an item under way that nobody tells of says so."""
    if item.updated is None:
        return "" if item.status is Status.NOT_STARTED else "Nobody has told of it yet."
    silent = silent_days(item, asked.today, asked.facts.zone)
    lasting = f", no update for {days(silent)}" if silent else ""
    who = asked.facts.people.get(item.moved_by or 0)
    by = f", set by {wording.person(who, asked.facts)}" if who else ""
    return f"Status of {day(item.updated)}{by}{lasting}."


def days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def answer(asked: Asked) -> Answer | None:
    match asked.rule.name:
        case "list":
            return _listed(asked)
        case "due":
            return _due(asked)
        case "whether":
            return _whether(asked)
        case _:
            return _status(asked)


def _status(asked: Asked) -> Answer:
    found = asked.places()
    said = [
        item_told(place.project, place.item, asked)
        if place.item
        else project_told(asked, place.project)
        for place in found
    ]
    return asked.answer(told_of(said), found)


def project_told(asked: Asked, project: Project) -> Told:
    """How a project does: its light and why, what is blocked or at risk, what is overdue."""
    name = wording.name(project.name)
    if project.archived_at:
        return Told(f"{name} was archived on {day(project.archived_at)}.")
    ways = trends(asked, project)
    found = health.health(project, asked.facts.people, asked.today, trends=ways)
    bad = [item for item in project.items if item.status in _BAD]
    late = [item for item in project.items if health.days_late(item, asked.today)]
    stages = [item for item in project.stages() if item.status is not Status.SKIPPED]
    done = sum(1 for item in stages if item.status is Status.DONE)
    parts = [f"{wording.name(item.title)} is {item.status.words}{note(item)}." for item in bad]
    others = [item for item in late if item not in bad]
    if others:
        parts.append(f"Overdue: {titles(others)}.")
    if not bad and not late:
        parts.append("Nothing is blocked, at risk or overdue.")
    light = f"{name} is {found.light.words.lower()}: {done} of {len(stages)} stages are done."
    return Told(light, tuple(map(Point, parts)))


def trends(asked: Asked, project: Project) -> tuple[BurnUp, ...]:
    """What the runs of a project say of its metrics."""
    if not project.scope.metrics:
        return ()
    runs = [one.seen for one in asked.facts.evidence.runs([project.id])]
    return burn_ups(project, runs, asked.facts.now, asked.facts.zone)


def titles(items: Iterable[Item]) -> str:
    return wording.listed(
        [
            f"{wording.name(one.title)}{f' (due {one.due.isoformat()})' if one.due else ''}"
            for one in items
        ]
    )


def _due(asked: Asked) -> Answer:
    found = asked.places()
    said = []
    for place in found:
        if place.item is None:
            said.append(_project_due(place.project))
            continue
        what = wording.thing(place.project, place.item)
        if place.item.status in CLOSED:
            said.append(item_line(place.project, place.item, asked))
        elif place.item.due is None:
            said.append(f"{what} has no due date; it is {place.item.status.words}.")
        else:
            due = due_words(place.item, asked.today)
            said.append(f"{what} is {due[0].lower()}{due[1:]} It is {place.item.status.words}.")
    return asked.answer(" ".join(said), found)


def _project_due(project: Project) -> str:
    name, deadline = wording.name(project.name), health.target_day(project)
    last = health.forecast_end(project)
    told = f"The deadline of {name} is {deadline.isoformat()}." if deadline else ""
    end = f"Its last stage is due {last.isoformat()}." if last else ""
    return " ".join(filter(None, (told, end))) or f"{name} has no deadline and no due dates yet."


def _whether(asked: Asked) -> Answer:
    found = asked.places()
    verdicts = [_is_so(asked, place) for place in found]
    negated = asked.reading.has("not")
    verdict = all(verdicts) is not negated
    said = [
        item_told(place.project, place.item, asked)
        if place.item
        else project_told(asked, place.project)
        for place in found
    ]
    return asked.answer(told_of(said), found, verdict=verdict)


def _is_so(asked: Asked, place: Place) -> bool:
    cues, today = asked.reading, asked.today
    items = [place.item] if place.item else list(place.project.stages())
    if cues.has("track"):
        late = any(health.days_late(item, today) for item in items)
        return not late and all(item.status not in _BAD for item in items)
    wanted = next(states for cue, states in _BY_CUE.items() if cues.has(cue))
    if cues.has("progress"):
        wanted = _BY_CUE["started"]
    if place.item is not None:
        begun = cues.has("started") and place.item.status is Status.DONE
        return place.item.status in wanted or begun
    if cues.has("done"):
        return all(item.status in CLOSED for item in items)
    return any(item.status in wanted for item in items)


def _listed(asked: Asked) -> Answer:
    wanted = tuple(
        state for cue, states in _BY_CUE.items() if asked.reading.has(cue) for state in states
    )
    negated = asked.reading.has("not")
    if negated and asked.reading.has("started", "progress"):
        wanted, negated = (Status.NOT_STARTED,), False
    states = frozenset(state for state in Status if (state in wanted) is not negated)
    found = having(
        asked,
        in_states(states),
        lambda project: [item for item in project.items if item.status in states],
    )
    words = wording.listed([one.words for one in dict.fromkeys(wanted)], "or")
    state = f"{'not ' if negated else ''}{words}"
    if not found.total:
        return asked.answer(f"No stage or component is {state}.")
    return asked.answer(by_project(state.capitalize(), found), places(found))


TOPIC = Topic("status", RULES, answer)
