"""Every letter as a row of its own: for whoever filters, counts, or hands the list back."""

from collections.abc import Iterator

from bot.exports import ids, lists
from bot.exports.material import Material
from bot.exports.standing import ordered
from bot.project import Assignment, Item, Letter, Project
from bot.sheets import Cell, Column, Look, Row, Sheet, Value
from bot.telling import holder_name

NAME = "RACI"
LETTER, PERSON = 3, 4
"""Columns that other sheets count by, from 0."""
COLUMNS = (
    Column("Project", 26, Look.KEY, about="what the project is called"),
    Column("Stage", 24, Look.KEY, about="the stage; of a component the one it belongs to"),
    Column("Component", 20, about="the component; empty where the letter is of the stage itself"),
    Column("Letter", 8, Look.LETTER, choices=lists.LETTER, about="A, R, C or I; one letter a row"),
    Column(
        "Person",
        32,
        choices=lists.PERSON,
        free=True,
        about="who holds it: a person, a user group (@handle), or what is wanted: "
        '"vacant (role, requisition)"',
    ),
    Column("Since", 11, Look.DAY, about="the first day; empty: since before the record began"),
    Column("Until", 11, Look.DAY, about="the day on which it ends; empty: open"),
    Column("Source", 14, about="what it was recorded by; leads to the message where there is one"),
    Column(
        "ID",
        44,
        Look.QUIET,
        hidden=True,
        about="project/item/letter/holder, as keys that stay the same; hidden",
    ),
)
_LETTERS = list(Letter)


def raci(material: Material) -> Sheet:
    """By project and item: first who is accountable. What a component takes from its stage is told
    there alone, so that no letter counts twice.
    """
    rows = [
        _row(project, stage, component, one, material)
        for project in material.projects
        for stage, component in ordered(project)
        for one in _letters(project, component or stage, material)
    ]
    none: list[Row] = [] if rows else [[Cell("Nobody holds a letter yet.", Look.NOTE)]]
    return Sheet(NAME, COLUMNS, rows, keys=2, totals=none, as_table="RACI")


def _letters(project: Project, item: Item, material: Material) -> Iterator[Assignment]:
    if item.inherits_raci and project.ruling(item) is not item:
        return
    yield from sorted(
        item.assignments,
        key=lambda one: (
            _LETTERS.index(one.letter),
            holder_name(one.holder, material.people).casefold(),
            ids.of_holder(one.holder, material.people),
            one.id,
        ),
    )


def _row(
    project: Project, stage: Item, component: Item | None, one: Assignment, material: Material
) -> Row:
    item = component or stage
    return [
        project.name,
        stage.title,
        component.title if component else None,
        _letter(one.letter),
        holder_name(one.holder, material.people),
        material.day(one.since),
        material.day(one.until),
        Cell(one.source, Look.LINK, one.message) if one.message else one.source,
        ids.of_seat(project, item, one.letter, one.holder, material.people),
    ]


def _letter(letter: Letter) -> Value | Cell:
    return Cell(letter.value, Look.ACCOUNTABLE) if letter is Letter.A else letter.value
