"""What runs say, in the words that cards and digests share, and when something was last seen.

A run is held against the success metrics of the scope; what could not be looked at says since when
the last look stands, and why.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import islice
from typing import TypeVar, assert_never

from bot.project import Metric
from bot.sources.base import (
    Page,
    PullRequest,
    PullState,
    Ref,
    Run,
    RunState,
    Seen,
    Trouble,
    Why,
)
from bot.spelling import folded
from bot.versions import dated

T = TypeVar("T")

MOST_KEPT = 500
"""Metrics, parameters, tags and names that are kept of one thing."""
LONGEST_KEPT = 1000
"""Characters that are kept of one text."""

SETTLED_AFTER = timedelta(days=1)
"""How long what has come to an end is still looked at: a check, a comment, a late metric."""
GONE_AFTER = timedelta(days=7)
"""How long what cannot be found any more is still looked for."""

_ENDLESS = 1.7e308
"""Trackers keep infinity as the greatest number there is."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A pull request or run as last seen (`seen` None: never), and why not since, if so.

    `changed_at` is when it last looked otherwise than before.
    """

    ref: Ref
    seen: PullRequest | Run | None = None
    seen_at: datetime | None = None
    changed_at: datetime | None = None
    trouble: Trouble | None = None


def bounded(seen: PullRequest | Run) -> PullRequest | Run:
    """The same, in what can be kept: nothing endless, no NUL, no half of a surrogate pair."""
    match seen:
        case PullRequest():
            return replace(
                seen,
                title=sound(seen.title),
                requested=_sounds(seen.requested),
                failing=_sounds(seen.failing),
                labels=_sounds(seen.labels),
                marks=_sounds(seen.marks),
                paths=_sounds(seen.paths),
                commits=_sounds(seen.commits),
            )
        case Run():
            return replace(
                seen,
                name=sound(seen.name),
                metrics={sound(name): value for name, value in _first(seen.metrics)},
                params={sound(name): sound(value) for name, value in _first(seen.params)},
                tags={sound(name): sound(value) for name, value in _first(seen.tags)},
                datasets=_sounds(seen.datasets),
                models=seen.models[:MOST_KEPT],
                usage={sound(name): value for name, value in _first(seen.usage)},
            )


def _first(values: Mapping[str, T]) -> Iterable[tuple[str, T]]:
    return islice(values.items(), MOST_KEPT)


def _sounds(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(sound, texts[:MOST_KEPT]))


def sound(text: str) -> str:
    """A text in what can be kept."""
    return text[:LONGEST_KEPT].replace("\0", "").encode("utf-8", "ignore").decode()


def looked(before: Sighting, told: Seen, now: datetime) -> Sighting:
    """The sighting after one more look. In trouble the last good look stands.

    Where the same trouble goes on, so does its `until`: it would move on with every look.
    """
    match told:
        case Trouble(why=why):
            kept = before.trouble
            goes_on = kept and kept.why is why and (kept.until is None or now < kept.until)
            trouble = kept if goes_on else told
            return Sighting(before.ref, before.seen, before.seen_at, before.changed_at, trouble)
        case Page():
            return before  # no work is left behind by a page
        case _:
            told = _with_what_was_not_asked(bounded(told), before.seen)
            if isinstance(told, PullRequest):
                if told.is_another(before.seen):
                    return looked(before, Trouble(Why.NOT_FOUND), now)
                told = _since(told, before.seen, now)
            elif isinstance(before.seen, Run):
                told = replace(told, models=dated(told.models, before.seen.models, now))
            changed = before.changed_at if told == before.seen else now
            return Sighting(before.ref, told, now, changed, None)


def _with_what_was_not_asked(
    told: PullRequest | Run, before: PullRequest | Run | None
) -> PullRequest | Run:
    """The files that a pull request touches are not asked for with every look."""
    if isinstance(told, PullRequest) and isinstance(before, PullRequest) and not told.paths:
        return replace(told, paths=before.paths)
    return told


def _since(told: PullRequest, before: PullRequest | Run | None, now: datetime) -> PullRequest:
    """The same; a review is asked for since it was first seen, where the host does not tell."""
    known = before.asked if isinstance(before, PullRequest) else {}
    asked = {who: told.asked.get(who) or known.get(who) or now for who in told.requested}
    return replace(told, asked=asked)


def is_gone(sighting: Sighting, now: datetime, linked_at: datetime | None = None) -> bool:
    """Whether it was not found for so long that it is there no more: since it was last seen, or
    linked.
    """
    since = max(filter(None, (sighting.seen_at, linked_at)), default=None)
    is_lost = sighting.trouble is not None and sighting.trouble.why is Why.NOT_FOUND
    return is_lost and since is not None and now - since > GONE_AFTER


def settled(sighting: Sighting, linked_at: datetime | None, now: datetime) -> bool:
    """Whether nothing more is to be expected, so that nobody needs to look again."""
    if sighting.trouble:
        return is_gone(sighting, now, linked_at)
    match sighting.seen:
        case PullRequest(state=PullState.MERGED | PullState.CLOSED):
            ended = sighting.changed_at
        case Run(is_archived=True):
            return True
        case Run(deleted=True):
            ended = sighting.changed_at
        case Run(state=RunState.FINISHED | RunState.FAILED | RunState.KILLED, ended=at):
            ended = max(filter(None, (at, sighting.changed_at)), default=None)
        case _:
            return False
    return ended is not None and now - ended > SETTLED_AFTER


def is_long_over(seen: PullRequest | Run, now: datetime) -> bool:
    """Whether it ended so long ago, by its source, that nobody who meets it now needs to look
    again.
    """
    match seen:
        case PullRequest(state=PullState.MERGED | PullState.CLOSED):
            ended = seen.merged or seen.closed
        case Run(state=RunState.FINISHED | RunState.FAILED | RunState.KILLED):
            ended = seen.ended
        case _:
            ended = None
    return ended is not None and now - ended > SETTLED_AFTER


# --- a run against the scope ----------------------------------------------------------------------


class Standing(StrEnum):
    """How a run stands against a metric of the scope."""

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    WORSE = "worse"
    SHORT = "short"
    NO_TARGET = "no_target"
    NOT_A_NUMBER = "not_a_number"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A metric of the scope and what a run has for it.

    `share` is how much of the gap from baseline to target is closed, 1.0 being all of it; None
    where there is no such gap: without a baseline, or with one that is no worse than the target.
    Whoever is SHORT of the target has none.
    """

    metric: Metric
    value: float | None
    standing: Standing
    share: float | None = None


def compared(run: Run, metrics: Sequence[Metric]) -> tuple[Comparison, ...]:
    """The run against every metric of the scope that it logs; against the first, if it logs none.

    A metric is logged where its name or an alias is the same name: nothing is guessed.
    """
    logged = {folded(name): value for name, value in run.metrics.items()}
    found = []
    for metric in metrics:
        names = [folded(name) for name in (metric.name, *metric.aliases)]
        value = next((logged[name] for name in names if name in logged), None)
        if value is not None:
            found.append(compare(metric, value))
    if not found and metrics:
        return (Comparison(metrics[0], None, Standing.MISSING),)
    return tuple(found)


def compare(metric: Metric, value: float) -> Comparison:
    if not math.isfinite(value) or abs(value) > _ENDLESS:
        return Comparison(metric, value, Standing.NOT_A_NUMBER)
    baseline, target = metric.baseline, metric.target
    if target is None:
        return Comparison(metric, value, Standing.NO_TARGET)
    way = 1 if metric.higher else -1
    share = _share(value, baseline, target, way)
    if (value - target) * way >= 0:
        return Comparison(metric, value, Standing.REACHED, share)
    if share is None:
        return Comparison(metric, value, Standing.SHORT)
    return Comparison(metric, value, Standing.WORSE if share < 0 else Standing.ON_THE_WAY, share)


def _share(value: float, baseline: float | None, target: float, way: int) -> float | None:
    if baseline is None or not (gap := (target - baseline) * way) > 0:
        return None
    share = (value - baseline) * way / gap
    return share if math.isfinite(share) else None


def best(runs: Iterable[Run], metric: Metric) -> tuple[Run, Comparison] | None:
    """The run that is furthest by a metric; deleted ones and those without a number do not count.

    Of equals it is the first.
    """
    found: tuple[Run, Comparison] | None = None
    way = 1 if metric.higher else -1
    for run in runs:
        [one] = compared(run, (metric,))
        if run.deleted or one.value is None or one.standing is Standing.NOT_A_NUMBER:
            continue
        if found is None or one.value * way > (found[1].value or 0.0) * way:
            found = run, one
    return found


def comparison_words(one: Comparison, *, running: bool = False) -> str:
    """ "accuracy 0.77: 66.7 % of the gap from 0.71 to 0.80 (↑ higher is better)"."""
    metric = one.metric
    way = "↑ higher is better" if metric.higher else "↓ lower is better"
    value, baseline, target = numbers(one.value, metric.baseline, metric.target)
    unit = f" {metric.unit.strip()}" if metric.unit.strip() else ""
    head = f"{metric.name} {value}{unit}"
    match one.standing:
        case Standing.REACHED:
            began = f", from {baseline}" if metric.baseline is not None else ""
            return f"{head}: the target {target} is reached{began} ({way})"
        case Standing.ON_THE_WAY:
            gap = f"of the gap from {baseline} to {target}"
            return f"{head}: {percent(one.share or 0.0)} {gap} ({way})"
        case Standing.WORSE:
            return f"{head}: worse than the baseline {baseline}, target {target} ({way})"
        case Standing.SHORT:
            return f"{head}: short of the target {target} ({way})"
        case Standing.NO_TARGET:
            began = f"began at {baseline}, " if metric.baseline is not None else ""
            return f"{head}: {began}the scope sets no target ({way})"
        case Standing.NOT_A_NUMBER:
            what = "not a number" if one.value is not None and math.isnan(one.value) else "infinite"
            return f"{metric.name} is {what}: it cannot be held against the target"
        case Standing.MISSING:
            return f"{metric.name} is not logged by this run{' yet' if running else ''}"
        case _:
            assert_never(one.standing)


def percent(share: float) -> str:
    """A share of one as "66.7 %"; what is not the whole is never rounded up to it."""
    shown = min(share * 100, 99.9) if share < 1 else share * 100
    return f"{shown:.1f}".removesuffix(".0") + " %"


def numbers(*values: float | None) -> tuple[str, ...]:
    """Numbers that are held against each other, with equally many places; None as "–"."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    plain = [f"{value:.4g}" for value in known]
    if any("e" in each for each in plain):
        return tuple("–" if value is None else f"{value:.4g}" for value in values)
    places = max((len(each.partition(".")[2]) for each in plain), default=0)
    return tuple("–" if value is None else f"{value:.{places}f}" for value in values)


# --- a look that failed ---------------------------------------------------------------------------

WHYS: Mapping[Why, str] = {
    Why.UNAUTHORISED: "the credentials are not accepted",
    Why.FORBIDDEN: "access refused",
    Why.NOT_FOUND: "not found there, or hidden from Charter",
    Why.RATE_LIMITED: "rate limited",
    Why.AWAY: "no answer",
    Why.GARBAGE: "an answer that makes no sense",
}


def age(since: datetime, now: datetime) -> str:
    """ "just now", "5 min ago", "2 h ago", "3 d ago"."""
    minutes = max(0, int((now - since).total_seconds())) // 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} h ago"
    return f"{minutes // (24 * 60)} d ago"


def trouble_words(trouble: Trouble, now: datetime, zone: tzinfo = UTC) -> str:
    """ "rate limited until 14:05"; with the day where it is another one."""
    why = WHYS[trouble.why]
    if trouble.until is None or trouble.until <= now:
        return why
    until, today = trouble.until.astimezone(zone), now.astimezone(zone).date()
    day = "" if until.date() == today else f"{until.date().isoformat()} "
    return f"{why} until {day}{until:%H:%M}"


def last_seen(sighting: Sighting, now: datetime, zone: tzinfo = UTC) -> str:
    """ "last seen 2 h ago (rate limited until 14:05)"; empty where the last look was good."""
    if sighting.trouble is None:
        return "" if sighting.seen else "not seen yet"
    why = trouble_words(sighting.trouble, now, zone)
    if sighting.seen_at is None:
        return f"not seen yet ({why})"
    return f"last seen {age(sighting.seen_at, now)} ({why})"
