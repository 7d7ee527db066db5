"""The sheet with a row a project."""

from collections.abc import Mapping

from bot import blockers as hurdles
from bot import scope
from bot.amounts import ratio
from bot.evidence import compare
from bot.exports.material import Material
from bot.exports.standing import current, lacks, light_cell
from bot.gaps import gaps
from bot.health import baseline_end, forecast_end, health
from bot.moments import day
from bot.people import Person
from bot.project import Metric, Mode, Project
from bot.sheets import Cell, Column, Look, Row, Sheet, Value
from bot.slips import slip

COLUMNS = (
    Column("Project", 22, Look.KEY),
    Column("Lead", 15),
    Column("Mode", 8.5),
    Column("Current stage", 16),
    Column("Health", 11),
    Column("Why", 34),
    Column("Baseline end", 11, Look.DAY),
    Column("Forecast end", 11, Look.DAY),
    Column("Slip, days", 7, Look.WHOLE),
    Column("Target metric", 18),
    Column("Metric at first", 9, Look.NUMBER),
    Column("Target", 9, Look.NUMBER),
    Column("Metric now", 9, Look.NUMBER),
    Column("Gap closed", 8, Look.SHARE),
    Column("Saving, first year", 11, Look.NUMBER),
    Column("Cost, first year", 11, Look.NUMBER),
    Column("Currency", 8),
    Column("Times its cost", 8, Look.NUMBER),
    Column("Verdict", 8),
    Column("Open blockers", 9, Look.WHOLE),
    Column("Oldest, working days", 9, Look.WHOLE),
    Column("Gaps", 6, Look.WHOLE),
    Column("What is missing", 32),
    Column("Seen by", 10),
)


def portfolio(material: Material) -> Sheet:
    rows = [_row(project, material) for project in material.projects]
    return Sheet("Portfolio", COLUMNS, rows, as_table="Portfolio")


def _row(project: Project, material: Material) -> Row:
    people, today = material.people, material.today
    stood = health(project, people, today, material.zone, material.trends.get(project.id, ()))
    stage = current(project)
    first, last = baseline_end(project), forecast_end(project)
    ages = [
        hurdles.age(project, item, blocker, people, today, material.zone)
        for item in project.items
        for blocker in hurdles.of(item)
    ]
    lacking = lacks(project, people)
    return [
        project.name,
        _lead(project, people),
        "start-up" if project.mode is Mode.STARTUP else "team",
        _archived(project) or (stage.title if stage else "all closed"),
        light_cell(stood.light),
        stood.words(people) if stood.opinion else stood.reason,
        first,
        last,
        slip(first, last),
        *_metric(project),
        *_worth(project),
        len(ages),
        max((age for age in ages if age is not None), default=None),
        sum(1 for _ in gaps(project, people)),
        "\n".join(
            f"{item.title}: {lacking[item.id]}" for item in project.items if item.id in lacking
        ),
        Cell("members", Look.GAP) if project.private else "everybody",
    ]


def _archived(project: Project) -> str:
    return f"archived {day(project.archived_at)}" if project.archived_at else ""


def _lead(project: Project, people: Mapping[int, Person]) -> str | Cell:
    lead = people.get(project.lead) if project.lead is not None else None
    if lead is None:
        return Cell("nobody", Look.GAP)
    return lead.name if lead.active else Cell(f"{lead.name} (left)", Look.GAP)


def _metric(project: Project) -> list[Value | Cell]:
    """The first success metric that has a target, else the first there is."""
    metric = scope.primary(project.scope)
    if metric is None:
        return ["", None, None, None, None]
    unit = f", {metric.unit.strip()}" if metric.unit.strip() else ""
    words = f"{metric.name}{unit} {'↑' if metric.higher else '↓'}"
    return [words, metric.baseline, metric.target, metric.current, _closed(metric)]


def _worth(project: Project) -> list[Value | Cell]:
    """What it saves and costs within its first year; a text that is no amount stands as it is."""
    amounts = [scope.amount(project.scope, name) for name in ("expected_saving", "cost")]
    texts = [scope.value(project.scope, name) for name in ("expected_saving", "cost")]
    told: list[Value | Cell] = [
        amount.first_year if amount else Cell(text, Look.TEXT) if text else None
        for amount, text in zip(amounts, texts, strict=True)
    ]
    currencies = dict.fromkeys(amount.currency for amount in amounts if amount)
    times = ratio(*amounts)
    verdict = project.scope.verdict
    return [
        *told,
        " / ".join(currencies),
        round(times, 2) if times is not None else None,
        verdict.call.value if verdict else "",
    ]


def _closed(metric: Metric) -> float | None:
    return None if metric.current is None else compare(metric, metric.current).share
