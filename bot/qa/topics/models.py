"""Versions of registered models as the runs that made them tell: which of them are in use."""

from collections.abc import Iterator, Sequence

from bot import text
from bot.moments import day
from bot.qa import wording
from bot.qa.evidence import Tried
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Rule
from bot.qa.topics.pulls import last_look
from bot.qa.topics.topic import Asked, Topic
from bot.sources.base import ModelVersion
from bot.text import clip

_IN_USE = frozenset({"production", "prod", "champion", "live"})
"""What an alias, or a stage, is called that says so."""
_MAY = ("run", "today", "current", "everywhere", "status", "when", "who", "mine")

RULES = (Rule("use", ("model_use",), _MAY, whether=None, open=True),)

_Made = tuple[Tried, ModelVersion]


def answer(asked: Asked) -> Answer | None:
    """Those in use, of the projects that are meant; of the model that the words name, if any."""
    projects = asked.numbers()
    every = list(_versions(asked.facts.evidence.runs(projects)))
    if asked.reading.left:
        wanted = {asked.reading.words[at].text for at in asked.reading.left}
        every = [one for one in every if wanted <= _names(one[1])]
        if not every:
            return None
    used = [one for one in every if _is_used(one[1])]
    runs = [run for run, _ in used or every]
    if used:
        points = tuple(Point(f"{_line(asked, *one)}.", one[1].url) for one in used)
        return asked.answer(Told(points=points, seen=last_look(runs)))
    held = [one for one in every if one[1].aliases or one[1].stage]
    told = [f"{_version(one)} has {wording.listed(_holds(one))}" for _, one in held[:3]]
    beside = f" {'; '.join(told)}." if told else ""
    said = f"No model version{asked.where} is in production, as far as its runs tell.{beside}"
    return asked.answer(Told(said, seen=last_look(runs)))


def _versions(runs: Sequence[Tried]) -> Iterator[_Made]:
    """Each once, though its run may serve several projects; the latest first."""
    known = {
        (one.project, made.name, made.version): (one, made)
        for one in runs
        if not one.seen.deleted
        for made in one.seen.models
    }
    yield from sorted(known.values(), key=_order)


def _order(one: _Made) -> tuple[int, str, int, str]:
    run, made = one
    number = int(made.version) if made.version.isascii() and made.version.isdigit() else 0
    return run.project, made.name, -number, made.version


def _names(made: ModelVersion) -> set[str]:
    return {word.text for word in text.words(made.name)}


def _is_used(made: ModelVersion) -> bool:
    return any(name.casefold() in _IN_USE for name in (*made.aliases, made.stage))


def _holds(made: ModelVersion) -> list[str]:
    stage = [f"the stage {clip(made.stage, 30)}"] if made.stage else []
    return [*(f"the alias {clip(alias, 30)}" for alias in made.aliases), *stage]


def _version(made: ModelVersion) -> str:
    return f"{clip(made.name, 60)} version {clip(made.version, 20)}"


def _line(asked: Asked, run: Tried, made: ModelVersion) -> str:
    """ "atlas-ranker version 3 (Atlas): the alias production, since 2026-11-28, made by gbm"."""
    where = wording.name(asked.facts.name_of(run.project))
    since = f", since {day(made.promoted)}" if made.promoted else ""
    name = clip(run.seen.name or run.seen.ref.key, 60)
    held = wording.listed(_holds(made))
    return f"{_version(made)} ({where}): {held}{since}, made by run {name}"


TOPIC = Topic("models", RULES, answer)
