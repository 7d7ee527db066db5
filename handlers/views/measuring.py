"""What runs say against the scope: burn-ups, the best run, and runs side by side."""

import math
from collections.abc import Mapping, Sequence

from bot.burnup import BurnUp, share_words
from bot.comparing import BestShown, BurnUpShown, Compared, called
from bot.evidence import Comparison, Standing, comparison_words, numbers, percent
from bot.people import Person
from bot.qa.evidence import Tried
from handlers.views.charts import MOST_CHARTS, gap_closed
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    bold,
    bullets,
    counted,
    link,
    message,
    moment,
    name,
    paragraph,
    quiet,
    table,
)
from handlers.views.names import told_apart

MOST_RUNS, MOST_ROWS = 4, 20
LONGEST_VALUE = 60
DAY = "{date_short_pretty}"


def burn_ups(shown: BurnUpShown) -> Message:
    """Each metric with how far it is, who got there and what that means, and its chart."""
    project = name(shown.project.name)
    if not shown.ways:
        return message(
            paragraph(
                bold(project),
                " has no success metric with a target yet. Give it one: "
                "/charter metric AUC baseline 0.71 target 0.80.",
            )
        )
    charts = [chart for one in shown.ways if (chart := gap_closed([one]))]
    return message(
        paragraph("Metrics of ", bold(project), " by its finished runs:"),
        bullets([_way(one, shown) for one in shown.ways]),
        charts[:MOST_CHARTS],
    )


def _way(one: BurnUp, shown: BurnUpShown) -> list[str | Piece]:
    """ "▲ Red: Recall: at this slope …. 66.7 % of the gap from 0.70 to 0.90, best run gbm-wind by
    Bea Lind on 4 March."
    """
    light = f"{one.light.sign} " if one.light.value in ("red", "amber", "green") else ""
    said: list[str | Piece] = [bold(f"{light}{name(one.sentence, 300)}"), "."]
    run = one.leader
    if run is None:
        return said
    said += [
        f" {name(share_words(one), 200)}, best run ",
        _linked(run.name or run.ref.key, run.ref.url),
    ]
    by = shown.people.get(shown.authors.get(run.ref, 0))
    if by is not None or run.user:
        called = told_apart(shown.people)[by.id].name if by else run.user
        said.append(f" by {name(called, 60)}")
    if (at := one.steps[-1].at) is not None:
        said += [" on ", moment(at, DAY)]
    return [*said, "."]


def _linked(text: str, url: str) -> str | Piece:
    return link(name(text), url) if url else name(text)


# --- the best -------------------------------------------------------------------------------------


def best(shown: BestShown) -> Message:
    project = name(shown.project.name)
    if not shown.finished:
        return message(paragraph("No finished run of ", bold(project), " is linked yet."))
    if not shown.found:
        return message(
            paragraph(
                f"The scope of {project} names no success metric to compare its runs by. "
                "Say which: /charter best by AUC.",
            )
        )
    looked = counted(shown.finished, "finished run")
    return message(
        paragraph("The best of ", bold(project), f", of {looked}:"),
        bullets([_best(metric.name, top, shown.people) for metric, top in shown.found]),
    )


def _best(
    metric: str, top: tuple[Tried, Comparison] | None, people: Mapping[int, Person]
) -> list[str | Piece]:
    if top is None:
        return [f"{name(metric)}: no finished run logs it."]
    run, comparison = top
    by = people.get(run.author or 0)
    who = f" by {name(told_apart(people)[by.id].name)}" if by else ""
    return [
        _linked(called(run.seen), run.seen.ref.url),
        f"{who} – {name(comparison_words(comparison), 300)}.",
    ]


# --- side by side ---------------------------------------------------------------------------------


def compared(shown: Compared) -> Message:
    """Runs as columns: state, metrics against the target, and the parameters that differ."""
    runs = shown.runs[:MOST_RUNS]
    heads = [name(called(one.seen), LONGEST_VALUE) for one in runs]
    rows = [
        ["State", *(_state(one) for one in runs)],
        ["Who", *(_who(one, shown.people) for one in runs)],
        *([_metric(told), *map(_standing, told[:MOST_RUNS])] for _, told in shown.metrics),
        *([key, *_numbers(values[:MOST_RUNS])] for key, values in shown.others),
        *([key, *(value or "–" for value in values[:MOST_RUNS])] for key, values in shown.params),
    ]
    wide = len(heads) + 1
    rows = [[*row, *["–"] * wide][:wide] for row in rows]
    left = len(rows) - MOST_ROWS
    same = counted(shown.same, "parameter")
    agree = f"{same} {'is' if shown.same == 1 else 'are'} the same and left out."
    return message(
        paragraph("Runs of ", bold(name(shown.project.name)), " side by side:"),
        _links(runs),
        table(
            ["", *heads], [[name(cell, LONGEST_VALUE) for cell in row] for row in rows[:MOST_ROWS]]
        ),
        quiet(
            agree if shown.same else "",
            f"{counted(left, 'more row')} have no room." if left > 0 else "",
            "" if shown.metrics else "None of them logs a success metric of the scope.",
        ),
    )


def _links(runs: Sequence[Tried]) -> Block:
    pieces: list[str | Piece] = []
    for one in runs:
        pieces += [" · " if pieces else "", _linked(called(one.seen), one.seen.ref.url)]
    return paragraph(*pieces)


def _state(one: Tried) -> str:
    return "deleted" if one.seen.deleted else one.seen.state.value


def _who(one: Tried, people: Mapping[int, Person]) -> str:
    by = people.get(one.author or 0)
    return told_apart(people)[by.id].name if by else one.seen.user or "–"


def _metric(told: Sequence[Comparison]) -> str:
    """ "Recall (0.70 → 0.90, ↑)"."""
    metric = told[0].metric
    baseline, target = numbers(metric.baseline, metric.target)
    way = "↑" if metric.higher else "↓"
    return f"{metric.name} ({baseline} → {target}, {way})"


def _standing(one: Comparison) -> str:
    if one.standing is Standing.MISSING or one.value is None:
        return "–"
    if one.standing is Standing.NOT_A_NUMBER:
        return "not a number"
    said = f"{one.value:.4g}"
    if one.standing is Standing.REACHED:
        return f"{said}, target reached"
    if one.standing is Standing.WORSE:
        return f"{said}, worse than the baseline"
    return f"{said}, {percent(one.share)} of the gap" if one.share is not None else said


def _numbers(values: Sequence[float | None]) -> list[str]:
    return [
        "–" if value is None else f"{value:.4g}" if math.isfinite(value) else "not a number"
        for value in values
    ]
