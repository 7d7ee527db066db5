"""The sheet with a row a project."""

from collections.abc import Mapping, Sequence

from bot import blockers as hurdles
from bot import scope
from bot.amounts import ratio
from bot.burnup import BurnUp
from bot.evidence import compare
from bot.exports import ids, lists
from bot.exports.healths import Healths
from bot.exports.material import Material
from bot.exports.standing import current, lacks, light_cell, owner
from bot.gaps import gaps
from bot.health import baseline_end, forecast_end
from bot.moments import day
from bot.people import Person
from bot.project import Metric, Mode, Project
from bot.sheets import Cell, Column, Look, Row, Sheet, Value
from bot.slips import slip

COLUMNS = (
    Column("Project", 22, Look.KEY),
    Column("Lead", 14, about="who answers for the project as a whole"),
    Column("Sponsor", 14, about="who wants it and pays for it"),
    Column("Mode", 8.5, about="team or start-up"),
    Column("Current stage", 15, about="the first one under way, else the first that is open"),
    Column("Accountable", 16, about="who answers for the current stage"),
    Column("Health", 11, choices=lists.HEALTH, about="as somebody set it, else as computed"),
    Column(
        "Health before", 11, about="at the last export, else a week ago, as far as the record goes"
    ),
    Column("Why", 32),
    Column("Baseline end", 11, Look.DAY),
    Column("Forecast end", 11, Look.DAY),
    Column("Slip, days", 7, Look.WHOLE, about="forecast end minus baseline end"),
    Column(
        "Next milestone", 18, about="the next one that is not met; its slip in the sheet of them"
    ),
    Column("Milestone due", 11, Look.DAY),
    Column("Target metric", 18),
    Column("Metric at first", 9, Look.NUMBER),
    Column("Target", 9, Look.NUMBER),
    Column("Metric now", 9, Look.NUMBER, about="as it was last written down"),
    Column("Best run", 9, Look.NUMBER, about="the best finished run; leads there"),
    Column(
        "Gap closed",
        8,
        Look.SHARE,
        about="share of the way to the target: of the best run, else of the metric now",
    ),
    Column("Saving, first year", 11, Look.NUMBER),
    Column("Cost, first year", 11, Look.NUMBER),
    Column("Currency", 8),
    Column("Times its cost", 8, Look.NUMBER),
    Column("Verdict", 8),
    Column("Open blockers", 9, Look.WHOLE),
    Column("Oldest, working days", 9, Look.WHOLE),
    Column("Gaps", 6, Look.WHOLE),
    Column("What is missing", 34),
    Column("Seen by", 10, about="everybody, or the members of a private project"),
    Column("ID", 20, Look.QUIET, hidden=True, about="the project's key; hidden"),
)


def portfolio(material: Material, judged: Healths) -> Sheet:
    rows = [_row(project, material, judged) for project in material.projects]
    return Sheet("Portfolio", COLUMNS, rows, as_table="Portfolio", pages_wide=2)


def _row(project: Project, material: Material, judged: Healths) -> Row:
    people, today = material.people, material.today
    stood, before = judged.now[project.id], judged.before.get(project.id)
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
        _sponsor(project, people),
        "start-up" if project.mode is Mode.STARTUP else "team",
        _archived(project) or (stage.title if stage else "all closed"),
        owner(project, stage, people, material.acting.get(project.id, {})) if stage else None,
        light_cell(stood.light),
        light_cell(before) if before else None,
        stood.words(people) if stood.opinion else stood.reason,
        first,
        last,
        slip(first, last),
        *_milestone(project),
        *_metric(project, material.trends.get(project.id, ())),
        *_worth(project),
        len(ages),
        max((age for age in ages if age is not None), default=None),
        sum(1 for _ in gaps(project, people)),
        "\n".join(
            f"{item.title}: {lacking[item.id]}" for item in project.items if item.id in lacking
        ),
        Cell("members", Look.GAP) if project.private else "everybody",
        ids.of_project(project),
    ]


def _sponsor(project: Project, people: Mapping[int, Person]) -> str | None:
    said = scope.value(project.scope, "sponsor")
    return scope.worded("sponsor", said, people) if said else None


def _milestone(project: Project) -> list[Value | Cell]:
    ahead = [one for one in project.milestones if not one.removed and one.met_on is None]
    found = min(ahead, key=lambda one: (one.due, one.id), default=None)
    return [found.title, found.due] if found else [None, None]


def _archived(project: Project) -> str:
    return f"archived {day(project.archived_at)}" if project.archived_at else ""


def _lead(project: Project, people: Mapping[int, Person]) -> str | Cell:
    lead = people.get(project.lead) if project.lead is not None else None
    if lead is None:
        return Cell("nobody", Look.GAP)
    return lead.name if lead.active else Cell(f"{lead.name} (left)", Look.GAP)


def _metric(project: Project, ways: Sequence[BurnUp]) -> list[Value | Cell]:
    """The first success metric that has a target, else the first there is."""
    metric = scope.primary(project.scope)
    if metric is None:
        return ["", None, None, None, None, None]
    unit = f", {metric.unit.strip()}" if metric.unit.strip() else ""
    words = f"{metric.name}{unit} {'↑' if metric.higher else '↓'}"
    way = next((one for one in ways if one.metric.name == metric.name), None)
    best, leader = (way.best, way.leader) if way else (None, None)
    run = Cell(best.value, Look.NUMBER, leader.ref.url) if best and leader else None
    closed = best.share if best else _closed(metric)
    return [words, metric.baseline, metric.target, metric.current, run, closed]


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
