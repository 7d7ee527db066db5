"""`burn-up`, `compare` and `best`: what runs say against the scope."""

from dataclasses import dataclass
from datetime import date

from bot.commands.reading import LONGEST_REFERENCE, project_of, reference, without_project
from bot.commands.speaking import name_word, within
from bot.commands.words import Word, joined, words
from bot.errors import BadInput, Why

MOST_COMPARED = 4
_BESIDE = {"and", "with", "to", "vs", "vs.", "against", "&"}


@dataclass(frozen=True, slots=True)
class ShowBurnUp:
    """How far a project's runs have closed the gap of its metrics, and by when they will."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class CompareRuns:
    """Runs side by side, by their ids (or how these begin), names or addresses."""

    runs: tuple[str, ...]
    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowBest:
    """The best finished run by a metric, or (None) by every metric of the scope."""

    metric: str | None = None
    project: str | None = None


Measuring = ShowBurnUp | CompareRuns | ShowBest


def read_burn_up(rest: str, today: date) -> ShowBurnUp:
    return ShowBurnUp(project_of(rest))


def read_compare(rest: str, today: date) -> CompareRuns:
    """`compare 0ab12 0cd34 in Churn Radar`; a name of several words stands in quotes."""
    some, project = without_project(words(rest))
    named = [word for word in some if word.quoted or word.key.strip(",") not in _BESIDE]
    runs = tuple(dict.fromkeys(_run(word) for word in named))
    if len(runs) < 2:
        raise BadInput(Why.EMPTY_TEXT, {"field": "runs"}, field="runs")
    if len(runs) > MOST_COMPARED:
        left = " ".join(runs[MOST_COMPARED:])
        facts = {"words": left, "wanted": f"compare RUN RUN, {MOST_COMPARED} runs at most"}
        raise BadInput(Why.WORDS_LEFT_OVER, facts, field="runs")
    return CompareRuns(runs, project)


def _run(word: Word) -> str:
    """As it was typed, without Slack's marks around an address."""
    if word.quoted:
        return word.text[:LONGEST_REFERENCE]
    plain = word.text.strip(",").removeprefix("<").removesuffix(">").partition("|")[0]
    return plain[:LONGEST_REFERENCE]


def read_best(rest: str, today: date) -> ShowBest:
    """`best`, `best run`, `best run by AUC in Churn Radar`."""
    some, project = without_project(words(rest))
    if some and some[0].key in {"run", "runs"}:
        some = some[1:]
    if some and some[0].key in {"by", "of", "for"}:
        some = some[1:]
    return ShowBest(reference(some, "metric") if joined(some) else None, project)


def measuring_spoken(order: Measuring) -> str:
    """Such an order as the command that gives it."""
    match order:
        case ShowBurnUp(project=project):
            return f"burn-up{within(project)}"
        case CompareRuns(runs=runs, project=project):
            return f"compare {' '.join(map(name_word, runs))}{within(project)}"
        case ShowBest(metric=metric, project=project):
            by = f" by {name_word(metric)}" if metric else ""
            return f"best{by}{within(project)}"
