"""Milestones, and the ledger of how they slipped."""

from bot.milestones import Milestone
from bot.outcome import Shown
from bot.project import Project
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    code,
    counted,
    data_table,
    message,
    moment,
    name,
    paragraph,
    quiet,
)
from handlers.views.names import told_apart

HEAD = ("Milestone", "Of", "First planned", "Expected", "Slip, days", "Re-dated", "State")


def listed(shown: Shown) -> Message:
    """All milestones of a project that are planned or were met, by their days."""
    project = shown.project
    found = sorted((one for one in project.milestones if not one.removed), key=_when)
    if not found:
        return message(
            paragraph(bold(name(project.name)), " has no milestones yet."),
            paragraph("Promise a day: ", code('/charter milestone "Pilot live" 1 May')),
            actions(_add(project)),
        )
    rows = [_row(project, one) for one in found]
    slipped = sum(one.slip > 0 for one in found)
    told = f"{counted(len(found), 'milestone')}, {slipped} later than first planned."
    return message(
        paragraph(bold(f"Milestones of {name(project.name)}"), f": {told}"),
        data_table(f"Milestones of {name(project.name)}", HEAD, rows),
        quiet("How one slipped: /charter milestone NAME"),
        actions(_add(project)),
    )


def _add(project: Project) -> Block:
    spoken = f"Add a milestone to {name(project.name, 40)}"
    return button("Add a milestone", Act.MILESTONE_ADD, {"p": project.key}, spoken=spoken)


def _when(one: Milestone) -> tuple[object, ...]:
    return one.due, one.id


def _row(project: Project, one: Milestone) -> list[str | int]:
    item = next((each for each in project.items if each.id == one.item), None)
    return [
        one.title,
        item.title if item else "the project",
        one.baseline.isoformat(),
        (one.met_on or one.due).isoformat(),
        one.slip,
        one.moves,
        f"met on {one.met_on.isoformat()}" if one.met_on else "open",
    ]


def ledger(shown: Shown, one: Milestone) -> Message:
    """Every day that was told of a milestone: by whom, why, and how far from the first."""
    people = told_apart(shown.people)
    rows: list[list[str | Piece]] = []
    for at, told in enumerate(one.forecasts):
        who = people.get(told.by) if told.by is not None else None
        days = (told.due - one.baseline).days
        way = f"{days:+} d" if at else "first planned"
        why = f": {name(told.reason, 300)}" if told.reason else ""
        by = name(who.name) if who else "the operator"
        on = moment(told.at, "{date_short}")
        rows.append([bold(told.due.isoformat()), f" – {way}{why} ({by}, ", on, ")"])
    state = f"It was met on {one.met_on.isoformat()}" if one.met_on else "It is open"
    so_far = f": {one.slip_words}" if one.slip_words else ", as first planned"
    return message(
        paragraph(bold(name(one.title)), f" of {name(shown.project.name)}. {state}{so_far}."),
        bullets(rows, 25),
        actions(*_steps(shown.project, one)),
    )


def _steps(project: Project, one: Milestone) -> list[Block]:
    """What may become of one that is still to come."""
    if one.met_on is not None:
        return []
    values, title = {"p": project.key, "m": one.title}, name(one.title, 40)
    return [
        button("Move", Act.MILESTONE_MOVE, values, spoken=f"Give {title} another day"),
        button("Met", Act.MILESTONE_MEET, values, spoken=f"Say that {title} was met"),
    ]


def line(project: Project) -> str:
    """The next milestone of a project: "Pilot live on 2026-05-15, 14 days later than …"."""
    open_ones = [one for one in project.milestones if not one.removed and one.met_on is None]
    if not open_ones:
        return ""
    first = min(open_ones, key=_when)
    slip = f", {first.slip_words}" if first.slip_words else ""
    return f"Next milestone: {name(first.title)} on {first.due.isoformat()}{slip}."
