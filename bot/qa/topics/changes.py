"""What the record says was changed: since when, by whom, of what; the latest first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.moments import day
from bot.project import Status
from bot.qa import wording
from bot.qa.evidence import Asking, Changed, Past
from bot.qa.periods import Period
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Reading
from bot.qa.topics.matching import meant
from bot.qa.topics.moments import settled
from bot.qa.topics.status import item_line
from bot.qa.topics.topic import Asked, Place
from bot.text import clip

_READ = 300  # lines of the record that are looked at
_OF_ONE = 8  # lines that are told of one project
_OF_EACH = 3  # lines of each, where there are several projects
_PROJECTS = 5  # of several projects, so many are told of
_FEW = 3  # projects that are named where nothing changed in them
_SHOWN = 8  # projects that can be looked at from the answer
_LINE = 160
_LOADED = "ProjectLoaded"

KINDS = {
    "due": ("DueMoved", "MilestoneMoved"),
    "target": ("MetricChanged",),
    "baseline": ("MetricChanged",),
    "metric": ("MetricChanged",),
    "current": ("MetricChanged",),
    "scope": ("ScopeChanged", "ScopeRevised", "ScopeApproved"),
    "scope_in": ("ScopeChanged", "ScopeRevised"),
    "scope_out": ("ScopeChanged", "ScopeRevised"),
    "goal": ("ScopeChanged", "ScopeRevised"),
    "status": ("StageMoved",),
    "blocked": ("StageMoved", "BlockerHanded"),
    "done": ("StageMoved",),
    "started": ("StageMoved",),
    "accountable": ("RolesChanged", "HandOverSettled"),
    "responsible": ("RolesChanged",),
    "decision": ("DecisionKept", "DecisionWithdrawn"),
}
"""The changes that a word stands for."""

_STATES = {
    "blocked": (Status.BLOCKED,),
    "risk": (Status.AT_RISK,),
    "hold": (Status.ON_HOLD,),
    "done": (Status.DONE,),
    "skipped": (Status.SKIPPED,),
    "progress": (Status.IN_PROGRESS,),
    "started": (Status.IN_PROGRESS,),
}


_FIRST = (
    ("StageMoved", "BlockerHanded"),
    ("RolesChanged", "HandOverSettled", "HandOverOffered"),
    ("DueMoved", "MilestoneMoved", "MilestoneMet"),
    ("ScopeChanged", "ScopeRevised", "ScopeApproved", "MetricChanged", "VerdictGiven"),
    ("DecisionKept", "DecisionWithdrawn", "RaidRaised", "RaidChanged"),
)
"""What is told first, where not all of it is: where things stand, who answers for them, when."""
_RANK = {kind: rank for rank, some in enumerate(_FIRST) for kind in some}


def kinds(reading: Reading) -> tuple[str, ...]:
    """The kinds of change that a question names; none means all."""
    found = [kind for row, some in KINDS.items() if reading.has(row) for kind in some]
    return tuple(dict.fromkeys(found))


def _scope(asked: Asked) -> tuple[list[Place], list[int]]:
    """What is asked about, where it is named; and the projects (ids) that are meant."""
    if asked.names_projects or asked.reading.items:
        places = asked.places()
        return places, list(dict.fromkeys(place.project.id for place in places))
    return [], asked.numbers()


def _asking(
    projects: Sequence[int],
    places: Sequence[Place],
    period: Period | None,
    some: Iterable[str] = (),
) -> Asking:
    return Asking(
        tuple(projects),
        period.begin if period else None,
        period.end if period else None,
        tuple(place.item.id for place in places if place.item),
        tuple(some),
    )


# --- what changed since … -------------------------------------------------------------------------


def in_period(asked: Asked) -> Answer:
    """What changed in a time, by project."""
    when = asked.question.when
    assert when is not None
    places, within = _scope(asked)
    period = settled(asked, when, within)
    found, more = _found(asked, _asking(within, places, period, kinds(asked.reading)), period)
    if not found:
        names = [wording.name(asked.facts.name_of(one)) for one in within[:_FEW]]
        place = f" in {wording.listed(names)}" if names and len(within) <= _FEW else ""
        return asked.answer(f"Nothing on record changed {period.words}{place}.", places)
    people = [one.by for one in found if one.by] if asked.reading.has("who") else []
    found, loads = _without_loads(asked, found, more)
    of = _by_project(asked, found)
    told = [*of, *(one for one in within if one in more and one not in of)][:_SHOWN]
    shown = asked.facts.projects(told)
    said = replace(_grouped(asked, of, more, period), more=loads) if of else loads
    return asked.answer(said, [Place(shown[one]) for one in told], people=people[:1])


def _without_loads(asked: Asked, found: list[Past], more: dict[int, int]) -> tuple[list[Past], str]:
    """What else was changed, and in one sentence that several projects came from a document."""
    loads = [one for one in found if one.kind == _LOADED]
    projects = dict.fromkeys(one.project or 0 for one in loads)
    if len(projects) < 2:
        return found, ""
    for one in loads:
        more[one.project or 0] -= 1
    for project in [key for key in projects if not more[key]]:
        del more[project]
    facts, last = asked.facts, loads[0]
    by = wording.person(facts.people.get(last.by), facts) if last.by else "the operator"
    first = loads[-1]
    when = last.when if first.day == last.day else f"{first.when} to {last.when}"
    said = f"{len(projects)} projects were loaded from a document ({when}, {by})."
    return [one for one in found if one.kind != _LOADED], said


def _found(asked: Asked, asking: Asking, period: Period) -> tuple[list[Past], dict[int, int]]:
    """The changes that are meant, the latest first; and how many each project has."""
    evidence = asked.facts.evidence
    lines = evidence.changed(asking, _READ)
    told = [
        one
        for one in evidence.past(list(asking.projects))
        if one.project is not None and one.at is None and _covers(period, one, asked)
    ]
    own = bool(asking.kinds or asking.items)
    told = meant(asked.reading, told) if own else told
    found = [*_as_past(asked, lines), *told]
    people = {number for one in asked.reading.people for number in one.people}
    if people:
        found = [one for one in found if one.by in people]
    counts: dict[int, int] = {}
    for one in found:
        assert one.project is not None
        counts[one.project] = counts.get(one.project, 0) + 1
    if len(lines) == _READ and not people:
        for project, count in evidence.count_changed(asking).items():
            counts[project] = count + sum(1 for one in told if one.project == project)
    return sorted(found, key=lambda one: (one.day, one.at is not None), reverse=True), counts


def _covers(period: Period, one: Past, asked: Asked) -> bool:
    """Whether a day that a document told of is in the time."""
    where = asked.zone
    first = _day(period.begin, where)
    last = _day(period.end - timedelta(microseconds=1), where) if period.end else None
    told = one.day.isoformat()
    return (first is None or first <= told) and (last is None or told <= last)


def _day(moment: datetime | None, where: ZoneInfo) -> str | None:
    return moment.astimezone(where).date().isoformat() if moment else None


def _as_past(asked: Asked, lines: Sequence[Changed]) -> Iterator[Past]:
    """Lines of the record as what was told of the past, each with its item before it."""
    projects = asked.facts.projects({one.project for one in lines})
    for one in lines:
        project = projects[one.project]
        items = {item.id: item for item in project.items}
        gone = {item.id: item.title for item in project.gone}
        item = items.get(one.item or 0)
        title = item.title if item else gone.get(one.item or 0, "")
        yield Past(
            project=one.project,
            item=item.key if item else None,
            day=asked.day_of(one.at),
            kind=one.kind,
            summary=f"{title}, {one.summary}" if title else one.summary,
            by=one.by,
            at=one.at,
            permalink=one.permalink,
        )


def _by_project(asked: Asked, found: Sequence[Past]) -> dict[int, list[Past]]:
    """The changes of each project, what matters most first: of one rank the latest, as they come;
    and the projects likewise, else by name.
    """
    of: dict[int, list[Past]] = {}
    for one in sorted(found, key=_rank):
        of.setdefault(one.project or 0, []).append(one)
    name_of = asked.facts.name_of
    first = sorted(of, key=lambda key: (_rank(of[key][0]), name_of(key).casefold(), key))
    return {key: of[key] for key in first}


def _rank(one: Past) -> int:
    return _RANK.get(one.kind, len(_FIRST))


def _grouped(
    asked: Asked, of: dict[int, list[Past]], counts: dict[int, int], period: Period
) -> Told:
    """Each project with its changes; what there is no room for is counted."""
    names = {key: wording.name(asked.facts.name_of(key)) for key in of}
    if len(counts) == 1:
        [(key, some)] = of.items()
        points = [Point(_line(asked, one)) for one in some[:_OF_ONE]]
        return Told(f"Changed {period.words}: {names[key]}").listing(points, counts[key])
    points = [
        Point(_of_project(asked, names[key], some, counts[key]), things=counts[key])
        for key, some in list(of.items())[:_PROJECTS]
    ]
    where = " in other projects; name one to read them"
    return Told(f"Changed {period.words}:", where=where).listing(points, sum(counts.values()))


def _of_project(asked: Asked, name: str, some: Sequence[Past], count: int) -> str:
    """ "Atlas: Data intake, due: … (2027-03-01, Kim Roe); and 4 more."."""
    lines = [_line(asked, one) for one in some[:_OF_EACH]]
    left = count - len(lines)
    return f"{name}: {'; '.join([*lines, *([f'and {left} more'] if left else [])])}."


def _line(asked: Asked, one: Past) -> str:
    """ "Annotation, status: in progress → blocked (2026-11-20, Kim Roe)"."""
    facts = asked.facts
    by = wording.person(facts.people.get(one.by), facts) if one.by else "the operator"
    moved = f" ({one.before} → {one.after})" if one.before and one.after else ""
    link = f", {one.permalink}" if one.permalink else ""
    return f"{clip(one.summary, _LINE)}{moved} ({one.when}, {by}{link})"


# --- the last change of a kind --------------------------------------------------------------------


def last(asked: Asked) -> list[Past]:
    """The last line of the record of the kinds that a question names; none where it names none."""
    some = kinds(asked.reading)
    if not some:
        return []
    places, within = _scope(asked)
    lines = asked.facts.evidence.changed(_asking(within, places, None, some), 1)
    return list(_as_past(asked, lines))


# --- since when something stands where it does ----------------------------------------------------


def became(asked: Asked) -> Answer:
    """When items came to be blocked, done and the like."""
    wanted = {one for row, some in _STATES.items() if asked.reading.has(row) for one in some}
    places = asked.places()
    within = list(dict.fromkeys(place.project.id for place in places))
    asking = _asking(within, places, None, ("StageMoved",))
    lines = asked.facts.evidence.changed(asking, _READ) if asking.items else []
    said = [_became(asked, place, wanted, lines) for place in places]
    return asked.answer(" ".join(said), places)


def _became(asked: Asked, place: Place, wanted: set[Status], lines: Sequence[Changed]) -> str:
    item = place.item
    assert item is not None
    moves = [one for one in lines if one.item == item.id]
    entered = next((one for one in moves if one.after in wanted and one.before not in wanted), None)
    what = wording.thing(place.project, item)
    word = wording.listed(sorted(one.words for one in wanted), "or")
    if entered is None:
        line = item_line(place.project, item, asked)
        return f"The record does not tell when {what} became {word}. {line}"
    facts = asked.facts
    by = wording.person(facts.people.get(entered.by), facts) if entered.by else "the operator"
    when = day(entered.at)
    if item.status in wanted:
        return f"{what} is {item.status.words} since {when}, set by {by}."
    ended = next((one for one in reversed(moves) if one.at > entered.at), None)
    until = f", until {day(ended.at)}" if ended else ""
    return f"{what} was last {word} from {when}, set by {by}{until}; it is {item.status.words} now."
