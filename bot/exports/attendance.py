"""How many took part in standups: counts of a project and week, nobody's own, in no ranking."""

from collections import Counter
from datetime import date, timedelta

from bot.exports import ids
from bot.exports.material import STANDUP_WEEKS, Material
from bot.sheets import Cell, Column, Look, Row, Sheet
from bot.standups import State

NAME = "Standups"
COLUMNS = (
    Column("Project", 24, Look.KEY),
    Column("Week from", 12, Look.DAY, about="its Monday"),
    Column("Asked", 9, Look.WHOLE, about="standups of single people that were to be answered"),
    Column("Answered", 10, Look.WHOLE),
    Column("Nothing new", 10, Look.WHOLE, about="answered with just that"),
    Column("Skipped", 9, Look.WHOLE),
    Column("Away", 8, Look.WHOLE, about="leave or holiday; not asked for"),
    Column("No answer", 10, Look.WHOLE),
    Column("ID", 24, Look.QUIET, hidden=True, about="project/Monday; hidden"),
)


def standups(material: Material) -> Sheet:
    counts: dict[tuple[int, date], Counter[State]] = {}
    for one in material.attended:
        monday = one.day - timedelta(days=one.day.weekday())
        counts.setdefault((one.project, monday), Counter())[one.state] += one.count
    rows: list[Row] = []
    for project in material.projects:
        for monday in sorted(day for key, day in counts if key == project.id):
            told = counts[project.id, monday]
            away = told[State.AWAY]
            rows.append(
                [
                    project.name,
                    monday,
                    told.total() - away,
                    told[State.POSTED],
                    told[State.NOTHING_NEW],
                    told[State.SKIPPED],
                    away,
                    told[State.ASKED] + told[State.MISSING],
                    f"{ids.of_project(project)}/{monday.isoformat()}",
                ]
            )
    words = f"Nobody was asked in the last {STANDUP_WEEKS} weeks."
    none: list[Row] = [] if rows else [[Cell(words, Look.NOTE)]]
    return Sheet(NAME, COLUMNS, rows, keys=2, totals=none, as_table="Standups")
