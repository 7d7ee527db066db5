"""The workbook for leaders: projects, people and changes → a book of sheets.

It holds what it is given, and that is what its reader may see: nothing here looks anything up.
"""

import re

from bot.exports.attendance import standups
from bot.exports.changes import changes
from bot.exports.code import Base, kept_of, packed, unpacked
from bot.exports.forms import rendered
from bot.exports.gaps import gaps
from bot.exports.healths import healths
from bot.exports.links import links
from bot.exports.lists import readme
from bot.exports.load import load
from bot.exports.material import MOST_CHANGES, Material, Since, Told
from bot.exports.matrix import matrix
from bot.exports.milestones import milestones
from bot.exports.portfolio import portfolio
from bot.exports.raci import raci
from bot.exports.raid import raid
from bot.exports.since import noted
from bot.exports.stages import blockers, stages
from bot.exports.summary import summary
from bot.exports.timeline import timeline
from bot.exports.trend import burned_up, trend
from bot.sheets import Book, Sheet
from bot.sheets.forms import Form
from bot.text import fold

__all__ = [
    "MOST_CHANGES",
    "Base",
    "Form",
    "Material",
    "Since",
    "Told",
    "book",
    "file_name",
    "kept",
    "packed",
    "rendered",
    "tables",
    "unpacked",
]


def book(material: Material) -> Book:
    """The workbook of these projects, in the order in which a leader reads it."""
    private = [project.name for project in material.projects if project.private]
    judged = healths(material)
    listed = raci(material)
    sheets = (
        summary(material, judged),
        portfolio(material, judged),
        timeline(material, judged),
        matrix(material),
        listed,
        raid(material),
        blockers(material),
        gaps(material),
        milestones(material),
        load(material, listed),
        trend(material, judged),
        burned_up(material),
        changes(material),
        standups(material),
        stages(material),
        links(material),
        readme(material),
    )
    return Book(
        title=material.title,
        sheets=[noted(sheet, material.since, material.code) for sheet in sheets],
        at=material.now,
        zone=material.zone,
        notice=f"Contains private projects: {', '.join(private)}" if private else "",
        code=material.code,
    )


def tables(made: Book) -> tuple[Sheet, ...]:
    """The tidy tables of a book: those that programs read."""
    return tuple(sheet for sheet in made.sheets if sheet.as_table)


def kept(material: Material) -> tuple[str, bytes]:
    """An export's id, and what is kept of it, packed: the tables of what people set, from which all
    others follow.
    """
    return kept_of((raci(material), stages(material), milestones(material), raid(material)))


def file_name(material: Material, form: Form = Form.XLSX) -> str:
    """ "charter-berth-planner-2026-11-23.xlsx"; the day is the reader's."""
    words = re.sub(r"[\W_]+", "-", fold(material.title)).strip("-")[:60] or "project"
    return f"charter-{words}-{material.today.isoformat()}.{form}"
