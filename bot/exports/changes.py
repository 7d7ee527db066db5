"""What changed: who did it, when and from where, the newest first."""

from datetime import datetime

from bot.exports.material import MOST_CHANGES, Material, Told
from bot.exports.since import since_words, told_since
from bot.project import Item
from bot.sheets import Cell, Column, Look, Row, Sheet

COLUMNS = (
    Column("When", 17, Look.MOMENT, about="in the reader's zone, which the Summary names"),
    Column("Project", 22, Look.KEY),
    Column("Stage or component", 20),
    Column("What", 70, about="before → after, in words"),
    Column("Who", 20),
    Column("From where", 14),
)
ERASED = "(the words of this line were erased)"


def changes(material: Material) -> Sheet:
    names = {project.id: project.name for project in material.projects}
    items = {item.id: item for project in material.projects for item in project.items}
    rows = [_row(told, names, items, material) for told in told_since(material)]
    end: list[Row] = []
    if material.more_changes:
        words = f"The newest {MOST_CHANGES:,} changes; older ones are left out."
        end.append([Cell(words, Look.NOTE)])
    if words := since_words(material):
        end.append([Cell(words, Look.NOTE)])
    elif not rows:
        end.append([Cell("Nothing has changed.", Look.NOTE)])
    return Sheet("Changes", COLUMNS, rows, totals=end, as_table="Changes")


def _row(told: Told, names: dict[int, str], items: dict[int, Item], material: Material) -> Row:
    item = items.get(told.item) if told.item is not None else None
    by = material.people.get(told.by) if told.by is not None else None
    return [
        told.at if isinstance(told.at, datetime) else Cell(told.at, Look.DAY),
        names[told.project],
        item.title if item else None,
        told.what or Cell(ERASED, Look.QUIET),
        by.name if by else "the operator",
        told.source,
    ]
