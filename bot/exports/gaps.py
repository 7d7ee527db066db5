"""What is missing, in the order in which Slack tells it."""

from collections.abc import Mapping

from bot.documents import review_words
from bot.exports import ids
from bot.exports.material import Material
from bot.exports.standing import why_missing
from bot.gaps import Lack, LackKind, missing
from bot.people import Person
from bot.sheets import Cell, Column, Look, Row, Sheet

NAME = "Gaps"
COLUMNS = (
    Column("Project", 22, Look.KEY),
    Column("Stage or component", 24, Look.KEY),
    Column("Gap", 12, Look.GAP),
    Column("Status", 14),
    Column("Why", 46),
    Column("ID", 30, Look.QUIET, hidden=True, about="project/item/what is missing; hidden"),
)


def _why(lack: Lack, people: Mapping[int, Person]) -> str:
    match lack.kind:
        case LackKind.NO_TARGET:
            return "no success metric has a target"
        case LackKind.SCOPE:
            return f"not said yet: {', '.join(lack.what)}"
        case LackKind.REVIEW:
            return review_words(lack.due, people) if lack.due else ""


def _id(lack: Lack) -> str:
    where = ids.of_item(lack.project, lack.item) if lack.item else ids.of_project(lack.project)
    return f"{where}/{lack.kind.value}"


def gaps(material: Material) -> Sheet:
    found = missing(material.projects, material.people, material.today)
    rows: list[Row] = [
        [
            gap.project.name,
            gap.item.title,
            f"no-{gap.missing.value}",
            gap.item.status.words,
            why_missing(gap, material.people),
            f"{ids.of_item(gap.project, gap.item)}/no-{gap.missing.value}",
        ]
        for gap in found.seats
    ]
    rows += [
        [
            lack.project.name,
            lack.item.title if lack.item else None,
            lack.kind.value,
            lack.item.status.words if lack.item else None,
            _why(lack, material.people),
            _id(lack),
        ]
        for lack in found.lacks
    ]
    none: list[Row] = [] if rows else [[Cell("Nothing is missing.", Look.NOTE)]]
    return Sheet(NAME, COLUMNS, rows, keys=2, totals=none, as_table="Gaps")
