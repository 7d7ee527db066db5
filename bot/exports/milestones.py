"""Milestones against their baselines."""

from bot.exports import ids
from bot.exports.material import Material
from bot.sheets import Cell, Column, Look, Row, Sheet

MILESTONES = (
    Column("Project", 22, Look.KEY),
    Column("Milestone", 28, Look.KEY),
    Column("Of", 22),
    Column("Baseline", 11, Look.DAY),
    Column("Forecast", 11, Look.DAY),
    Column("Slip, days", 7, Look.WHOLE),
    Column("Re-dated", 8, Look.WHOLE),
    Column("Met on", 11, Look.DAY),
    Column("Why it moved last", 50),
    Column("ID", 30, Look.QUIET, hidden=True, about="project/milestone; hidden"),
)


def milestones(material: Material) -> Sheet:
    """Those that are planned or were met, by project and day."""
    rows: list[Row] = []
    for project in material.projects:
        titles = {item.id: item.title for item in project.items}
        found = [one for one in project.milestones if not one.removed]
        for one in sorted(found, key=lambda each: (each.due, each.id)):
            rows.append(
                [
                    project.name,
                    one.title,
                    titles.get(one.item or 0, "the project"),
                    one.baseline,
                    one.due,
                    one.slip or None,
                    one.moves or None,
                    one.met_on,
                    one.forecasts[-1].reason,
                    f"{ids.of_project(project)}/{one.key}",
                ]
            )
    none: list[Row] = [] if rows else [[Cell("No milestones yet.", Look.NOTE)]]
    return Sheet("Milestones", MILESTONES, rows, keys=2, totals=none, as_table="Milestones")
