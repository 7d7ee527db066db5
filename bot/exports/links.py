"""The work that belongs to projects, as last seen, and their documents: all of it leads there."""

from bot.exports import ids
from bot.exports.material import Material
from bot.links import author, ref_title
from bot.project import Project
from bot.sheets import Cell, Column, Look, Row, Sheet
from bot.sources.base import PullRequest, Run

NAME = "Links"
COLUMNS = (
    Column("Project", 22, Look.KEY),
    Column("Kind", 13, about="pull request, run or document"),
    Column("Title", 52, Look.LINK, about="leads there; of a private repository only the number"),
    Column("State", 12, about="as it was when it was last seen"),
    Column("By", 18, about="the name at the source"),
    Column("Linked on", 12, Look.DAY),
    Column("Last seen", 12, Look.DAY),
    Column("Address", 50, Look.QUIET, hidden=True, about="the web address; hidden"),
    Column("ID", 40, Look.QUIET, hidden=True, about="project/kind/name at the source; hidden"),
)


def links(material: Material) -> Sheet:
    """By project: documents of the scope first, then pull requests and runs, the latest first."""
    rows: list[Row] = []
    for project in material.projects:
        rows += _documents(project)
        rows += _work(project, material)
    none: list[Row] = [] if rows else [[Cell("Nothing is linked yet.", Look.NOTE)]]
    return Sheet(NAME, COLUMNS, rows, totals=none, as_table="Links")


def _documents(project: Project) -> list[Row]:
    return [
        [
            project.name,
            "document",
            Cell(link.title or link.url, Look.LINK, link.url),
            *[None] * 4,
            link.url,
            f"{ids.of_project(project)}/document/{link.url}",
        ]
        for link in project.scope.links
    ]


def _work(project: Project, material: Material) -> list[Row]:
    found = [one for one in material.linked if one.project == project.id]
    found.sort(key=lambda one: (one.sighting.ref.kind.value, -one.linked_at.timestamp(), one.id))
    rows: list[Row] = []
    for one in found:
        ref, seen = one.sighting.ref, one.sighting.seen
        title = short = ref_title(ref)
        state = None
        match seen:
            case PullRequest():
                state = seen.state.value
                title = short if seen.private or not seen.title else f"{short} {seen.title}"
            case Run():
                state = "deleted" if seen.deleted else seen.state.value
                title = seen.name or short
        rows.append(
            [
                project.name,
                ref.kind.value.replace("_", " "),
                Cell(title, Look.LINK, ref.url),
                state,
                author(seen) or None,
                material.day(one.linked_at),
                material.day(one.sighting.seen_at),
                ref.url or None,
                f"{ids.of_project(project)}/{ref.kind}/{ref.key}",
            ]
        )
    return rows
