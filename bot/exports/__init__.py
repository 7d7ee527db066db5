"""The workbook for leaders: projects, people and changes → a book of sheets.

It holds what it is given, and that is what its reader may see: nothing here looks anything up.
"""

import re

from bot.exports.changes import changes
from bot.exports.forms import rendered
from bot.exports.gaps import gaps
from bot.exports.material import MOST_CHANGES, Material, Told
from bot.exports.matrix import matrix
from bot.exports.milestones import milestones
from bot.exports.portfolio import portfolio
from bot.exports.raci import raci
from bot.exports.raid import raid
from bot.exports.stages import blockers, stages
from bot.exports.summary import summary
from bot.sheets import Book
from bot.sheets.forms import Form
from bot.text import fold

__all__ = ["MOST_CHANGES", "Form", "Material", "Told", "book", "file_name", "rendered"]


def book(material: Material) -> Book:
    """The workbook of these projects."""
    private = [project.name for project in material.projects if project.private]
    return Book(
        title=material.title,
        sheets=(
            summary(material),
            portfolio(material),
            matrix(material),
            stages(material),
            milestones(material),
            raid(material),
            gaps(material),
            blockers(material),
            changes(material),
            raci(material),
        ),
        at=material.now,
        zone=material.zone,
        notice=f"Contains private projects: {', '.join(private)}" if private else "",
    )


def file_name(material: Material, form: Form = Form.XLSX) -> str:
    """ "charter-berth-planner-2026-11-23.xlsx"; the day is the reader's."""
    words = re.sub(r"[\W_]+", "-", fold(material.title)).strip("-")[:60] or "project"
    return f"charter-{words}-{material.today.isoformat()}.{form}"
