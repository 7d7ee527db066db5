"""How the projects did over the weeks, and how their metrics go: sheets with a chart each."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.burnup import BurnUp
from bot.condition import Light
from bot.exports import ids
from bot.exports.healths import Healths
from bot.exports.material import FEW, Material
from bot.hindsight import burn_up
from bot.project import Project
from bot.sheets import Cell, Chart, Column, Days, Drawn, Look, Row, Series, Sheet, Span

TREND, BURN_UP = "Trend", "Burn-up"
_LIGHTS = (Light.RED, Light.AMBER, Light.HOLD, Light.GREY, Light.GREEN, Light.DONE)
_PAINT = {
    Light.RED: Look.RED,
    Light.AMBER: Look.AMBER,
    Light.HOLD: Look.PLAIN,
    Light.GREY: Look.STRUCK,
    Light.GREEN: Look.GREEN,
    Light.DONE: Look.BAR,
}
WEEKS = (
    Column("Week to", 12, Look.DAY, about="the last day of the week; the last row is now"),
    *(
        Column(one.words, 10, Look.WHOLE, about=f"projects that were {one.words.lower()} then")
        for one in _LIGHTS
    ),
    Column("Stages done", 10, Look.WHOLE, about="stages of all projects that were done by then"),
    Column("Stages", 10, Look.WHOLE, about="stages that there were, without skipped ones"),
)
METRICS = (
    Column("Project", 22, Look.KEY),
    Column("Metric", 22, Look.KEY),
    Column("Day", 12, Look.DAY, about="a week apart; the last one is now"),
    Column("Best value", 11, Look.NUMBER, about="of the runs that had finished by then"),
    Column("Target", 9, Look.NUMBER),
    Column(
        "Gap closed", 9, Look.SHARE, about="share of the way from the first value to the target"
    ),
    Column("How it goes", 46, about="the forecast, in a sentence; on the last day alone"),
    Column("ID", 30, Look.QUIET, hidden=True, about="project/metric; hidden"),
)
MOST_LINES = 6
MOST_NAMED = 6
"""Days that there is room for along the foot of a chart."""
_LINES = (Look.BAR, Look.RED, Look.BAR_SLIP, Look.BAR_DONE, Look.BAR_WHOLE, Look.QUIET)


def trend(material: Material, stood: Healths) -> Sheet:
    """Projects by their light, and stages done, week by week."""
    few = len(material.projects) <= FEW
    marks = burn_up(material.projects, material.courses, material.now, material.zone) if few else ()
    done = {mark.day: mark for mark in marks}
    lights = {week.day: week.lights for week in stood.weeks}
    rows: list[Row] = []
    for day in sorted({*done, *lights}):
        mark = done.get(day)
        counts = lights.get(day)
        rows.append(
            [
                day,
                *(counts[one] if counts else None for one in _LIGHTS),
                mark.done if mark else None,
                mark.stages if mark else None,
            ]
        )
    words = (
        "There is no record of earlier weeks yet."
        if few
        else f"How projects did over time is told of up to {FEW} projects; ask for fewer."
    )
    none: list[Row] = [] if rows else [[Cell(words, Look.NOTE)]]
    return Sheet(TREND, WEEKS, rows, totals=none, as_table="Trend", charts=_charts(rows))


def _charts(rows: list[Row]) -> list[Chart]:
    weeks = len(rows)
    if not weeks:
        return []
    days, last = Span(1, 2, weeks + 1), weeks + 1
    column = len(WEEKS) + 2
    health = [
        Series(one.words, Span(at, 2, last), _PAINT[one])
        for at, one in enumerate(_LIGHTS, start=2)
        if any(row[at - 1] for row in rows)
    ]
    stages = [
        Series("Stages done", Span(len(WEEKS) - 1, 2, last), Look.BAR_DONE, days),
        Series("All stages", Span(len(WEEKS), 2, last), Look.BAR_WHOLE, days),
    ]
    return [
        Chart("Health by week", Drawn.STACKED_COLUMNS, days, health, column, 2, 17, 8.5),
        Chart("Stages done", Drawn.LINES, None, stages, column, 20, 17, 8.5, along=_along(rows, 0)),
    ]


def _along(rows: list[Row], at: int) -> Days | None:
    """The days in one of the columns, and how many of them can be named: whole weeks apart."""
    days = [day for row in rows if isinstance(day := row[at], date)]
    if not days:
        return None
    first, last = min(days), max(days)
    every = 7 * max(1, -(-(last - first).days // (7 * MOST_NAMED)))
    return Days(first, max(last, first + timedelta(days=every)), every)


def burned_up(material: Material) -> Sheet:
    """The way of every metric to its target, week by week."""
    rows: list[Row] = []
    blocks: list[tuple[str, int, int]] = []
    few = len(material.projects) <= FEW
    for project in material.projects if few else ():
        for one in material.trends.get(project.id, ()):
            told = list(_levels(project, one))
            if any(row[5] is not None for row in told):
                words = f"{project.name}: {one.metric.name}"
                blocks.append((words, len(rows) + 2, len(rows) + 1 + len(told)))
            rows += told
    words = (
        "No finished run says anything of a metric yet."
        if few
        else f"How metrics go is told of up to {FEW} projects; ask for fewer."
    )
    none: list[Row] = [] if rows else [[Cell(words, Look.NOTE)]]
    series = [
        Series(words, Span(6, first, last), _LINES[at], Span(3, first, last))
        for at, (words, first, last) in enumerate(blocks[:MOST_LINES])
    ]
    along = _along(rows, 2)
    charts = [Chart("Gap closed", Drawn.LINES, None, series, 9, 2, 17, 9, form="0%", along=along)]
    return Sheet(
        BURN_UP,
        METRICS,
        rows,
        keys=2,
        totals=none,
        as_table="Burn_up",
        charts=charts if series else [],
    )


def _levels(project: Project, one: BurnUp) -> Iterator[Row]:
    for level in one.levels:
        is_last = level is one.levels[-1]
        yield [
            project.name,
            one.metric.name,
            level.day,
            level.value,
            one.metric.target,
            level.share,
            one.sentence if is_last else None,
            f"{ids.of_project(project)}/{one.metric.name}",
        ]
