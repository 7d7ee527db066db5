"""Success metrics: baseline, target, where they stand, and whether they are reached."""

from collections.abc import Iterable, Iterator

from bot import text
from bot.burnup import share_words
from bot.evidence import numbers
from bot.project import Metric, Project
from bot.qa import wording
from bot.qa.replies import Answer, Point, Told
from bot.qa.resolve import Target, Unclear
from bot.qa.rule import Form, Measure, Needs, Rule
from bot.qa.topics.status import told_of, trends
from bot.qa.topics.topic import Asked, Place, Reply, Topic

_SHOWN = 8  # metrics of one project
_MAY = (
    "going",
    "working",
    "best",
    "target",
    "baseline",
    "current",
    "hit",
    "far",
    "metric",
    "how",
    "past",
    "today",
    "not",
    "track",
    "status",
    "use",
    "count",
    "stage",
    "above",
    "below",
)

RULES = (
    Rule("one", (), _MAY, Needs.METRIC, metrics=True),
    Rule("all", ("metric",), _MAY, whether=None),
    Rule("all", ("hit|far", "target|metric"), _MAY, whether=None),
    Rule("all", ("above|below",), _MAY, whether=None),
    Rule("all", ("target|baseline",), _MAY, whether=None),
)


def answer(asked: Asked) -> Answer | None:
    return _one(asked) if asked.rule.name == "one" else _all(asked)


def _all(asked: Asked) -> Answer:
    places = [Place(place.project, None, place.mentions) for place in asked.places()]
    said: list[Told] = []
    hits: list[bool | None] = []
    for place in places:
        metrics = place.project.scope.metrics
        name = wording.name(place.project.name)
        if not metrics:
            said.append(Told(f"{name} has no success metrics on record yet."))
            hits.append(None)
            continue
        hits += [_as_asked(asked, metric) for metric in metrics]
        more = len(metrics) - _SHOWN
        told = [Point(line(metric)) for metric in metrics[:_SHOWN]]
        if asked.reading.has("far", "track"):
            told += [Point(f"By its runs: {way}.") for way in _ways(asked, place.project)]
        said.append(Told(f"Success metrics of {name}:", tuple(told), rest=max(0, more)))
    return asked.answer(told_of(said), places, verdict=_verdict(asked, hits))


def _ways(asked: Asked, project: Project) -> Iterator[str]:
    """How far the runs of a project are, as far as they say anything."""
    for one in trends(asked, project):
        if one.steps:
            yield f"{one.sentence}, {share_words(one)}"


def _verdict(asked: Asked, hits: Iterable[bool | None]) -> bool | None:
    asks = asked.reading.has("hit", "track", "above", "below")
    if asked.reading.form is not Form.WHETHER or not asks:
        return None
    return all(hits) is not asked.reading.has("not")


def _as_asked(asked: Asked, metric: Metric) -> bool | None:
    """Whether the target is reached; or whether the value is above or below it, if so asked."""
    hit = reached(metric)
    for cue, right_side in (("above", metric.higher), ("below", not metric.higher)):
        if asked.reading.has(cue) and not right_side:
            return None if hit is None else not hit
    return hit


def _one(asked: Asked) -> Answer | None:
    measures = asked.reading.metrics
    found: list[tuple[Place, Metric]] = []
    for measure in measures:
        found += _metrics(asked, measure)
    if not found:
        return None
    said = told_of([Told(f"{wording.name(at.project.name)} – {line(one)}") for at, one in found])
    hits = [_as_asked(asked, metric) for _, metric in found]
    return asked.answer(said, [place for place, _ in found], verdict=_verdict(asked, hits))


def _metrics(asked: Asked, measure: Measure) -> list[tuple[Place, Metric]]:
    """The metric of that name: of the project that is named, of the channel's, of the only one that
    has it. Raises `Reply` where several have.
    """
    having = asked.facts.view.measuring(measure.key)
    if any(mention.projects for mention in asked.question.mentions) or asked.choice.project:
        places = [Place(one.project, None, one.mentions) for one in asked.places()]
    else:
        here = [number for number in asked.facts.channel_projects if number in having]
        keys = here or having
        if len(keys) > 1:
            raise Reply(
                asked.asked_back(
                    Unclear(
                        tuple(Target(key) for key in keys[: wording.SHOWN]),
                        max(0, len(keys) - wording.SHOWN),
                    )
                )
            )
        places = [Place(asked.facts.project(key)) for key in keys]
    return [
        (place, metric)
        for place in places
        for metric in place.project.scope.metrics
        if measure.key in names_of(metric)
    ]


def names_of(metric: Metric) -> set[str]:
    """How a metric is called, as it is compared."""
    return {text.key(text.words(name)) for name in (metric.name, *metric.aliases)}


def line(metric: Metric) -> str:
    """ "Recall: 0.76 on 2026-11-17, target 0.80 (higher is better), baseline 0.61: not reached"."""
    unit = f" {metric.unit}" if metric.unit and metric.unit != "%" else metric.unit
    current, target, baseline = (
        f"{value}{unit}" for value in numbers(metric.current, metric.target, metric.baseline)
    )
    now = (
        f"currently {current}{f' (of {metric.updated.isoformat()})' if metric.updated else ''}"
        if metric.current is not None
        else "not measured yet, so there is no current value"
    )
    aim = f"target {target}" if metric.target is not None else "no target"
    began = f"baseline {baseline}" if metric.baseline is not None else "no baseline"
    way = "higher is better" if metric.higher else "lower is better"
    hit = reached(metric)
    told = "" if hit is None else ": the target is reached" if hit else f": {gap(metric, unit)}"
    return f"{wording.name(metric.name)} is {now}, {aim}, {began} ({way}){told}."


def gap(metric: Metric, unit: str) -> str:
    assert metric.current is not None
    assert metric.target is not None
    (short,) = numbers(round(abs(metric.target - metric.current), 10))
    return f"{short}{unit} short of the target"


def reached(metric: Metric) -> bool | None:
    """Whether the target is reached; None where it cannot be told."""
    if metric.current is None or metric.target is None:
        return None
    return metric.current >= metric.target if metric.higher else metric.current <= metric.target


TOPIC = Topic("metrics", RULES, answer)
