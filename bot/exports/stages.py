"""Where every stage and component stands, and what is blocked."""

from collections.abc import Mapping
from datetime import date

from bot import blockers as hurdles
from bot.exports import ids, lists
from bot.exports.material import Material
from bot.exports.standing import STATUSES, blocker_owner, lacks, ordered, owner
from bot.gates import Gate, checks, lacking
from bot.health import days_late
from bot.project import Gone, Item, Kind, Letter, Project, Status
from bot.sheets import Cell, Column, Look, Row, Sheet
from bot.slips import slip
from bot.telling import holder_name

WHERE = (
    Column("Project", 22, Look.KEY),
    Column("Stage", 18, Look.KEY),
    Column("Component", 18),
)
STAGES = (
    *WHERE,
    Column("Status", 14, choices=lists.STATUS),
    Column("Accountable", 20, by_clock=True),
    Column("Responsible", 26),
    Column("Baseline due", 11, Look.DAY),
    Column("Forecast due", 11, Look.DAY),
    Column("Slip, days", 7, Look.WHOLE),
    Column("Re-dated", 8, Look.WHOLE),
    Column("Late, days", 7, Look.WHOLE, by_clock=True),
    Column("Status since", 11, Look.DAY),
    Column("Note", 38),
    Column("Gate", 32),
    Column("Gap", 28, by_clock=True),
    Column("ID", 30, Look.QUIET, hidden=True, about="project/item; hidden"),
)
BLOCKERS = (
    *WHERE,
    Column("Since", 11, Look.DAY),
    Column("Age, working days", 9, Look.WHOLE),
    Column("Owner", 20),
    Column("Accountable", 20),
    Column("What is in the way", 50),
    Column("Due", 11, Look.DAY),
    Column("Late, days", 8, Look.WHOLE),
    Column("ID", 30, Look.QUIET, hidden=True, about="project/item; hidden"),
)


def stages(material: Material) -> Sheet:
    rows = [
        _row(project, stage, component, lacking, material)
        for project in material.projects
        for lacking in (lacks(project, material.people),)
        for stage, component in ordered(project)
    ]
    rows += [
        _gone(project, gone, material) for project in material.projects for gone in project.gone
    ]
    return Sheet("Stages", STAGES, rows, keys=2, as_table="Stages", pages_wide=2)


def _where(project: Project, stage: Item, component: Item | None) -> Row:
    return project.name, stage.title, component.title if component else None


def _row(
    project: Project,
    stage: Item,
    component: Item | None,
    lacking: Mapping[int, str],
    material: Material,
) -> Row:
    item, people = component or stage, material.people
    skipped = item.status is Status.SKIPPED
    lack = lacking.get(item.id)
    return [
        *_where(project, stage, component),
        STATUSES[item.status],
        owner(project, item, people, material.acting.get(project.id, {})),
        ", ".join(
            holder_name(one.holder, people) for one in project.raci(item) if one.letter is Letter.R
        ),
        item.baseline_due,
        item.due,
        None if skipped else slip(item.baseline_due, item.due) or None,
        item.due_moves or None,
        days_late(item, material.today) or None,
        material.day(item.updated),
        item.note,
        _gate(project, item, material),
        Cell(lack, Look.GAP) if lack else None,
        ids.of_item(project, item),
    ]


def _gate(project: Project, item: Item, material: Material) -> str | None:
    """What its gate still needs, and who ticked what is their own work."""
    found = checks(project, item, material.gates.get(item.id, Gate()))
    if not found or item.status is Status.SKIPPED:
        return None
    missing = [one.criterion.text for one in lacking(found)]
    own = [one.criterion.text for one in found if one.tick and one.tick.is_self]
    told = [
        f"missing: {', '.join(missing)}" if missing else "all is met",
        f"self-approved: {', '.join(own)}" if own else "",
    ]
    return "; ".join(part for part in told if part)


def _gone(project: Project, gone: Gone, material: Material) -> Row:
    """What was taken out: only since when."""
    is_stage = gone.kind is Kind.STAGE
    where = [project.name, gone.title if is_stage else None, None if is_stage else gone.title]
    return [
        *where,
        Cell("– removed", Look.STRUCK),
        *[None] * 7,
        material.day(gone.at),
        *[None] * 3,
        None,
    ]


def blockers(material: Material) -> Sheet:
    """What is in the way, the longest first; first of all what was so before the record began."""
    found = [
        (material.day(blocker.since), project, stage, component, blocker)
        for project in material.projects
        for stage, component in ordered(project)
        for blocker in hurdles.of(component or stage)
    ]
    found.sort(key=lambda one: one[0] or date.min)
    rows: list[Row] = [
        [
            *_where(project, stage, component),
            since or "before the record",
            hurdles.age(project, item, blocker, material.people, material.today, material.zone),
            blocker_owner(project, item, blocker, material.people, acting),
            owner(project, item, material.people, acting),
            blocker.text,
            item.due,
            days_late(item, material.today) or None,
            ids.of_item(project, item),
        ]
        for since, project, stage, component, blocker in found
        for acting in (material.acting.get(project.id, {}),)
        for item in (component or stage,)
    ]
    none: list[Row] = [] if rows else [[Cell("Nothing is blocked.", Look.NOTE)]]
    return Sheet("Blockers", BLOCKERS, rows, keys=2, totals=none, as_table="Blockers")
