"""How a scope came about: its versions, and what differs between two of them."""

from collections.abc import Mapping, Sequence

from bot import scope
from bot.outcome import ScopeDiff, ScopeHistory, ScopeVersion
from bot.people import Person
from bot.scope import Edit
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    bold,
    bullets,
    cut,
    message,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart
from handlers.views.scope import approval

_BRIEF = 300
MOST_EDITS = 15


def history(found: ScopeHistory) -> Message:
    """The latest versions, newest first: who saved each, when, and before → after."""
    project, people = found.project, told_apart(found.people)
    if not found.versions:
        empty = " has no versions yet: nothing has been written down."
        return message(paragraph(bold(f"The scope of {name(project.name)}"), empty))
    older = found.versions[-1].number - 1
    return message(
        paragraph(
            bold(f"The scope of {name(project.name)}"),
            f" is at v{project.scope.version}. {approval(project, people)}",
        ),
        [block for version in found.versions for block in _version(version, people)],
        quiet(
            f"{older} older ones are not shown; compare with /charter scope diff v1 v{older}."
            if older > 1
            else "",
            "Compare any two with /charter scope diff v1 v3.",
        ),
    )


def _version(version: ScopeVersion, people: Mapping[int, Person]) -> list[Block]:
    who = people.get(version.by) if version.by is not None else None
    by = name(who.name) if who else "the operator"
    at = moment(version.at, "{date_short} {time}")
    return [
        paragraph(bold(f"v{version.number}"), f" by {by}, ", at, ":"),
        bullets(_edits(version.edits, people), MOST_EDITS),
    ]


def _edits(edits: Sequence[Edit], people: Mapping[int, Person]) -> list[list[str | Piece]]:
    return [_edit(edit, people) for edit in edits]


def _edit(edit: Edit, people: Mapping[int, Person]) -> list[str | Piece]:
    before, after = (
        _brief(scope.worded(edit.cell, text, people)) for text in (edit.before, edit.after)
    )
    return [bold(name(scope.cell_words(edit.cell))), ": ", before, " → ", after]


def _brief(text: str) -> str:
    """A value on one line; a list with its things side by side."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return cut("; ".join(lines), _BRIEF) if lines else "nothing"


def diff(found: ScopeDiff) -> Message:
    """What differs between two versions, field by field and nothing else."""
    project, people = found.project, told_apart(found.people)
    between = f" from v{found.first} to v{found.last}"
    heading = bold(f"The scope of {name(project.name)}")
    if not found.edits:
        return message(paragraph(heading, between, ": nothing is different."))
    return message(paragraph(heading, between, ":"), bullets(_edits(found.edits, people), 30))
