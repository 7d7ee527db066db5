"""Risks, assumptions, issues and dependencies, and what was decided."""

from bot.decisions import Decision
from bot.exports import ids, lists
from bot.exports.material import Material
from bot.project import Project
from bot.raid import RaidEntry, Revision, ordered
from bot.sheets import Cell, Column, Look, Row, Sheet, Value

COLUMNS = (
    Column("Project", 22, Look.KEY),
    Column("Number", 8, Look.KEY, about="R-1, A-1, I-1, DEP-1; D-1 is a decision"),
    Column("Kind", 12),
    Column("Text", 50),
    Column("Of", 20),
    Column("Owner", 18),
    Column("Likelihood", 10, choices=lists.LEVEL),
    Column("Impact", 9, choices=lists.LEVEL),
    Column("Mitigation", 40),
    Column("Due", 11, Look.DAY),
    Column("State", 11),
    Column("Why", 30),
    Column("Since", 11, Look.DAY),
    Column("By", 18),
    Column("Said by", 18),
    Column("Source", 14, about="leads to the message"),
    Column("ID", 30, Look.QUIET, hidden=True, about="project/number; hidden"),
)
NAME = "Risks & decisions"
OPEN, PAST = "open", "◆ past its day"
"""Of an entry that is past its day is kept that it is open."""


def raid(material: Material) -> Sheet:
    """By project: open entries first, of these the heaviest; then decisions, the latest first."""
    rows: list[Row] = []
    for project in material.projects:
        rows += [_entry(project, one, material) for one in ordered(project.raid)]
        rows += [
            _decision(project, one, material) for one in material.decisions.get(project.id, ())
        ]
    none: list[Row] = [] if rows else [[Cell("Nothing is kept yet.", Look.NOTE)]]
    return Sheet(NAME, COLUMNS, rows, keys=2, totals=none, as_table="Risks", pages_wide=2)


def _entry(project: Project, one: RaidEntry, material: Material) -> Row:
    said = one.said
    owner = material.people.get(said.owner) if said.owner is not None else None
    left = "" if owner is None or owner.active else " (left)"
    is_past = one.is_past(material.today)
    return [
        project.name,
        one.label,
        one.kind.value,
        said.text,
        project.title_of(said.item) or "the project",
        f"{owner.name}{left}" if owner else Cell("nobody", Look.GAP),
        said.likelihood.value if said.likelihood else None,
        said.impact.value if said.impact else None,
        said.mitigation or None,
        said.due,
        Cell(PAST, Look.AMBER, kept=OPEN) if is_past else OPEN if one.is_open else "closed",
        said.because or None,
        *_told(one.settled, material),
        None,
        None,
        f"{ids.of_project(project)}/{one.label}",
    ]


def _told(told: Revision, material: Material) -> list[Value]:
    return [material.day(told.at), _name(told.by, material)]


def _decision(project: Project, one: Decision, material: Material) -> Row:
    gone = one.withdrawn_at
    by = one.withdrawn_by if gone else one.by
    return [
        project.name,
        one.label,
        "decision",
        one.text,
        project.title_of(one.item) or "the project",
        *[None] * 5,
        "withdrawn" if gone else "holds",
        one.withdrawn_because or None,
        material.day(gone or one.at),
        _name(by, material),
        _name(one.author, material) if one.author is not None else None,
        Cell("message", Look.LINK, one.permalink) if one.permalink else None,
        f"{ids.of_project(project)}/{one.label}",
    ]


def _name(person: int | None, material: Material) -> str:
    if person is None:
        return "the operator"
    return material.people[person].name if person in material.people else "somebody who is gone"
