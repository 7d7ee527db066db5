"""Experiment runs as they were last seen, and which of them is the best."""

import math
from collections.abc import Sequence

from bot import text
from bot.evidence import last_seen, numbers
from bot.project import Metric, Project
from bot.qa import wording
from bot.qa.evidence import Tried
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Rule
from bot.qa.topics.metrics import names_of
from bot.qa.topics.pulls import last_look
from bot.qa.topics.topic import Asked, Place, Topic
from bot.sources.base import RunState
from bot.text import clip

_STATES = {
    "failing": (RunState.FAILED,),
    "done": (RunState.FINISHED,),
    "progress": (RunState.RUNNING,),
    "running": (RunState.RUNNING, RunState.SCHEDULED),
    "started": (RunState.RUNNING,),
    "killed": (RunState.KILLED,),
}
_MAY = (
    "mine",
    "author",
    "progress",
    *_STATES,
    "not",
    "count",
    "everywhere",
    "today",
    "who",
    "when",
    "status",
    "past",
    "use",
    "current",
    "how",
    "stage",
    "best",
    "metric",
    "approved",
    "hit",
    "far",
    "target",
)
_SHOWN = 4  # metrics of one run

RULES = (
    Rule("best", ("best", "run"), _MAY, whether=None, open=True, metrics=True),
    Rule("one", ("id",), ("run", *_MAY), whether=None, open=True, metrics=True),
    Rule("list", ("run",), _MAY, whether=None, metrics=True, people=True),
)


def answer(asked: Asked) -> Answer | None:
    match asked.rule.name:
        case "best":
            return _best(asked)
        case "one":
            return _one(asked)
        case _:
            return _list(asked)


def _runs(asked: Asked, projects: Sequence[int]) -> list[Tried]:
    return list(asked.facts.evidence.runs(projects))


# --- one ------------------------------------------------------------------------------------------


def _one(asked: Asked) -> Answer | None:
    reading = asked.reading
    typed = {
        text.key(reading.words[cue.start : cue.end]) for cue in reading.cues if "id" in cue.rows
    }
    keys = [entry.project_id for entry in asked.facts.view.listed()]
    found = [one for one in asked.facts.evidence.runs(keys) if typed & _keys(one)]
    if not found:
        return None
    wanted = text.key(reading.words[at] for at in reading.left)
    metrics = {one.key for one in reading.metrics}
    projects = asked.facts.projects({one.project for one in found})
    said = []
    for one in found:
        values = _values(projects[one.project], one, metrics, wanted)
        if values is None:
            return None
        beside = _beside(one) if not metrics and not wanted else ""
        said.append(Point(f"{line(asked, one)}{values}{beside}.", one.sighting.ref.url))
    people = [one.author for one in found if one.author] if reading.has("who") else []
    return asked.answer(Told(points=tuple(said), seen=last_look(found)), people=people)


def _beside(one: Tried) -> str:
    """What it read, at which commit it was, and what became of it in the registry."""
    seen = one.seen
    told = [
        f"data {wording.listed(list(seen.datasets[:4]))}" if seen.datasets else "",
        f"commit {clip(seen.commit, 12)}" if seen.commit else "",
        *(f"model {clip(each.name, 60)} version {each.version}" for each in seen.models[:2]),
    ]
    said = "; ".join(filter(None, told))
    return f"; {said}" if said else ""


def _keys(one: Tried) -> set[str]:
    names = (one.seen.ref.key, one.seen.name)
    return {text.key(text.words(name)) for name in names if name}


def _values(project: Project, one: Tried, metrics: set[str], wanted: str) -> str | None:
    """The metric or parameter that is asked for; all, where none is; None where it has no such."""
    logged = {**one.seen.metrics, **one.params}
    if not metrics and not wanted:
        shown = [f"{name} {_number(value)}" for name, value in logged.items()]
        return f", with {', '.join(shown[:8])}" if shown else ""
    aliases = {
        key
        for metric in project.scope.metrics
        if metrics & names_of(metric)
        for key in names_of(metric)
    } | metrics
    told = [
        f"{name} {_number(value)}"
        for name, value in logged.items()
        if (key := text.key(text.words(name.replace("_", " ")))) in aliases
        or (wanted and key == wanted)
    ]
    return f": {', '.join(told)}" if told else None


def _number(value: object) -> str:
    if isinstance(value, float) and math.isfinite(value):
        return numbers(value)[0]
    return str(value)


# --- several --------------------------------------------------------------------------------------


def _list(asked: Asked) -> Answer:
    reading = asked.reading
    wanted = [state for cue, states in _STATES.items() if reading.has(cue) for state in states]
    projects = asked.numbers()
    named = asked.authors()
    found = [
        one
        for one in _runs(asked, projects)
        if (not wanted or (one.seen.state in wanted) is not reading.has("not"))
        and (not named or one.author in named)
        and not one.seen.deleted
    ]
    if not found:
        where = wording.listed([wording.name(asked.facts.name_of(one)) for one in projects[:3]])
        return asked.answer(
            f"No such run is on record{f' in {where}' if len(projects) < 4 else ''}."
        )
    count = f"{len(found)} run{'' if len(found) == 1 else 's'}"
    points = (Point(line(asked, one), one.sighting.ref.url) for one in found)
    told = Told(count, seen=last_look(found)).listing(points, len(found))
    return asked.answer(told)


def line(asked: Asked, one: Tried) -> str:
    """ "SR-352 listnet (Search, by Kim Roe): finished, begun 2026-11-06, ndcg 0.447"."""
    facts, seen = asked.facts, one.seen
    where = wording.name(facts.name_of(one.project))
    by = f", by {wording.person(facts.people.get(one.author), facts)}" if one.author else ""
    values = [f"{name} {_number(value)}" for name, value in seen.metrics.items()][:_SHOWN]
    trouble = last_seen(one.sighting, facts.now, asked.zone) if one.sighting.trouble else ""
    begun = f"begun {one.begun}" if one.begun else ""
    said = ", ".join(filter(None, (seen.state.value, begun, *values, trouble)))
    return f"{clip(seen.ref.key, 60)} {clip(seen.name, 60)} ({where}{by}): {said}"


# --- the best -------------------------------------------------------------------------------------


def _best(asked: Asked) -> Answer | None:
    if asked.reading.left and not _is_logged(asked):
        return None
    places = [Place(place.project, None, place.mentions) for place in asked.places()]
    said = []
    for place in places:
        told = _best_of(asked, place.project)
        if told is None:
            return None
        said.append(told)
    return asked.answer(" ".join(said), places)


def _is_logged(asked: Asked) -> bool:
    """Whether what is left over is the name of something that runs log."""
    wanted = text.key(asked.reading.words[at] for at in asked.reading.left)
    return any(
        text.key(text.words(_spaced(name))) == wanted
        for one in _runs(asked, asked.numbers())
        for name in one.seen.metrics
    )


def _best_of(asked: Asked, project: Project) -> str | None:
    """The finished run that is furthest by a metric: the one named, else the project's own."""
    name = wording.name(project.name)
    runs = [one for one in _runs(asked, [project.id]) if not one.seen.deleted]
    done = [one for one in runs if one.seen.state is RunState.FINISHED]
    if not done:
        return f"No finished run is on record for {name}."
    aims = asked.facts.evidence.aims([project.id])
    metric = _metric(asked, project, done, aims.primary.get(project.id, ""))
    if metric is None:
        return None
    logged = [one for one in done if math.isfinite(one.seen.metrics.get(metric, math.nan))]
    if not logged:
        return f"No finished run of {name} logs {metric}."
    less = _less_is_better(metric, project, aims.less_is_better)
    ordered = sorted(logged, key=lambda one: one.seen.metrics[metric], reverse=not less)
    best = ordered[0]
    way = "lower" if less else "higher"
    value = _number(best.seen.metrics[metric])
    by = asked.facts.people.get(best.author or 0)
    who = f", by {wording.person(by, asked.facts)}" if by else ""
    return (
        f"The best finished run of {name} is {clip(best.seen.ref.key, 60)} "
        f"({clip(best.seen.name, 60)}{who}) with {metric} {value}; {way} is better, "
        f"{len(logged)} finished run{'' if len(logged) == 1 else 's'} compared."
    )


def _metric(asked: Asked, project: Project, runs: Sequence[Tried], primary: str) -> str | None:
    """The name, as the runs log it, of the metric that is asked for; None for one they do not."""
    reading = asked.reading
    logged = {
        text.key(text.words(_spaced(name))): name for one in runs for name in one.seen.metrics
    }
    typed = {one.key for one in reading.metrics}
    if reading.left:
        typed.add(text.key(reading.words[at] for at in reading.left))
    if not typed:
        keys = [text.key(text.words(_spaced(primary)))] if primary else []
        keys += [key for metric in project.scope.metrics for key in sorted(names_of(metric))]
        return next(
            (logged[key] for key in keys if key in logged), next(iter(logged.values()), None)
        )
    for metric in project.scope.metrics:
        if typed & names_of(metric):
            typed |= names_of(metric)
    return next((name for key, name in logged.items() if key in typed), None)


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _less_is_better(metric: str, project: Project, less: frozenset[str]) -> bool:
    key = text.key(text.words(_spaced(metric)))
    own: Metric | None = next((one for one in project.scope.metrics if key in names_of(one)), None)
    return not own.higher if own else metric in less


TOPIC = Topic("runs", RULES, answer)
