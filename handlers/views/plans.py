"""Many letters at once: what would go, what would not and why, and what was done."""

from collections.abc import Sequence

from bot.changes import Seat
from bot.deciding.transfer import Bar, Moving, Plan, Staying
from bot.orders import CloneRaci, Transfer
from bot.project import Assignment, Letter
from bot.team import Moved, Previewed, StartUpDone
from bot.telling import holder_name
from handlers.views import changes
from handlers.views.acts import Act
from handlers.views.kit import (
    LONGEST_CELL,
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    counted,
    cut,
    listed,
    message,
    name,
    paragraph,
    quiet,
    table,
)
from handlers.views.names import told_apart

MOST_ROWS = 40
MOST_STAYING = 12

_BARS: dict[Bar, str] = {
    Bar.ARCHIVED: "the project is archived",
    Bar.CANNOT_SEE: "{detail} cannot see this project",
    Bar.NOT_YOURS: "not yours to change; it is for {detail}",
    Bar.PLANNED: "{detail} is to become accountable",
    Bar.HOLDS_ALREADY: "it is so already",
    Bar.NO_SUCH_STAGE: "there is no such stage here",
    Bar.CLOSED: "it is {detail} here",
    Bar.HAS_ACCOUNTABLE: "{detail} is accountable already",
    Bar.NOT_ALLOWED: "{detail} may not hold this letter",
}


def previewed(shown: Previewed, order: Transfer | CloneRaci) -> Message:
    """What would be written, row for row, and a button that does exactly that."""
    plan = shown.plan
    what = _what(plan, shown.source, shown.target, order)
    return message(
        paragraph(*what),
        _table(plan, shown) if plan.moving else [],
        _staying(plan),
        quiet(
            "Nothing has been changed yet. The button does exactly this, and all of it can be "
            "undone at once."
            if plan.moving
            else "Nothing can be changed."
        ),
        actions(*_buttons(plan, order)),
    )


def _what(plan: Plan, source: str, target: str, order: Transfer | CloneRaci) -> list[str | Block]:
    letters, rows = counted(plan.letters, "letter"), counted(len(plan.moving), "row")
    if isinstance(order, CloneRaci):
        kind = "job roles and people" if order.with_people else "job roles, not people"
        return [
            bold(f"{letters} in {rows}"),
            f" would come from {name(source)} to {name(target)}: {kind}.",
        ]
    return [
        bold(f"{letters} in {rows}"),
        f" would go from {name(source)} to {name(target)}.",
    ]


def _table(plan: Plan, shown: Previewed | Moved) -> Block:
    rows = [_row(row, shown) for row in plan.moving[:MOST_ROWS]]
    if len(plan.moving) > MOST_ROWS:
        rest = plan.moving[MOST_ROWS:]
        more = f"and {counted(len(rest), 'more row')}"
        rows.append([more, "", listed([row.project.name for row in rest], 3), ""])
    return table(("Project", "Stage", "Letters", "Before → after"), rows)


def _row(row: Moving, shown: Previewed | Moved) -> list[str]:
    return [
        name(row.project.name),
        name(row.item.title),
        "/".join(row.letters),
        _step(row, shown),
    ]


def _step(row: Moving, shown: Previewed | Moved) -> str:
    """Who goes and who comes, letter by letter; where somebody only joins, with those who stay."""
    people, change = told_apart(shown.people), row.change
    came: list[Seat | Assignment] = [*change.begun, *change.restored]
    told = []
    for letter in Letter:
        went = [holder_name(one.holder, people) for one in change.ended if one.letter is letter]
        new = [holder_name(one.holder, people) for one in came if one.letter is letter]
        if went:
            told.append(f"{letter.value}: {listed(went)} → {listed(new) or 'held already'}")
        elif new:
            stay = [
                holder_name(one.holder, people)
                for one in row.item.assignments
                if one.letter is letter
            ]
            joined = f"{listed(stay)} + " if stay else "nobody → "
            told.append(f"{letter.value}: {joined}{listed(new)}")
    return cut("; ".join(dict.fromkeys(told)), LONGEST_CELL)


def _staying(plan: Plan) -> list[Block]:
    if not plan.staying:
        return []
    rows: list[list[str | Piece]] = [[bold(_place(row)), f": {_why(row)}"] for row in plan.staying]
    return [
        paragraph(f"{counted(len(rows), 'row stays', 'rows stay')} as it is:")
        if len(rows) == 1
        else paragraph(f"{len(rows)} rows stay as they are:"),
        bullets(rows, MOST_STAYING),
    ]


def _place(row: Staying) -> str:
    return f"{'/'.join(row.letters)} {name(row.item.title)} ({name(row.project.name)})"


def _why(row: Staying) -> str:
    return _BARS[row.bar].format(detail=name(row.detail or "somebody"))


def _buttons(plan: Plan, order: Transfer | CloneRaci) -> list[Block]:
    if not plan.moving:
        return []
    label = f"Change {counted(len(plan.moving), 'row')}"
    if isinstance(order, CloneRaci):
        values = {
            "s": cut(order.source, 300),
            "p": cut(order.project, 300) if order.project else None,
            "w": order.with_people or None,
            "m": plan.mark,
        }
        return [button(label, Act.CLONE, values, style="primary"), _cancel()]
    values = {
        "h": cut(order.source, 300),
        "t": cut(order.to, 300),
        "p": cut(order.project, 300) if order.project else None,
        "e": order.everywhere or None,
        "y": cut(order.reason, 500) if order.reason else None,
        "m": plan.mark,
    }
    return [button(label, Act.TRANSFER, values, style="primary"), _cancel()]


def _cancel() -> Block:
    return button("Cancel", Act.DISMISS, spoken="Cancel: change nothing")


def moved(done: Moved, by_name: str) -> Message:
    """What was done together, with the way back for all of it."""
    plan, undone = done.plan, done.undo_until is None
    letters, rows = counted(plan.letters, "letter"), counted(len(plan.moving), "row")
    heading: list[str | Block] = (
        ["Taken back: ", bold(rows), " as before."]
        if undone
        else [bold(f"{letters} in {rows}"), f" went from {name(done.source)} to ",
              f"{name(done.target)}."]
    )  # fmt: skip
    return message(
        paragraph(*heading),
        _table(plan, done) if plan.moving else [],
        _staying(plan),
        quiet(*changes.signed(by_name, done.at, done.undo_until)),
        actions(undo(done.seqs) if not undone else None),
    )


def undo(seqs: Sequence[int]) -> Block:
    """Takes back what was written together."""
    values = {"s": min(seqs), "n": max(seqs)}
    spoken = f"Undo all {counted(len(seqs), 'change')}"
    return button("Undo all", Act.TOGETHER_UNDO, values, spoken=spoken)


def started(done: StartUpDone, by_name: str) -> Message:
    """Start-up mode, begun or ended."""
    project, people = done.project, told_apart(done.people)
    if done.person is None:
        told = " is a team’s again: every row is told by itself, with the letters it has."
        return message(
            paragraph(bold(name(project.name)), told),
            quiet(*changes.signed(by_name, done.at, done.undo_until)),
            actions(undo(done.seqs), _letters(project.key, project.name)),
        )
    who = name(people[done.person.id].name)
    alone = len(done.alone.items) if done.alone else 0
    return message(
        paragraph(
            bold(name(project.name)),
            f" is in start-up mode: {who} holds every seat that was open. ",
            _told_as_one(alone, len(project.items) - alone),
        ),
        quiet(
            "When somebody joins: /charter split ROLE to PERSON, or /charter startup off",
            *changes.signed(by_name, done.at, done.undo_until),
        ),
        actions(undo(done.seqs), _letters(project.key, project.name)),
    )


def _told_as_one(alone: int, apart: int) -> str:
    """How many rows one line tells, and how many it does not."""
    others = "for others hold letters there."
    if not alone:
        return f"Every row is told by itself, {others}"
    told = f"{counted(alone, 'row is', 'rows are')} told as one"
    rest = f"; {counted(apart, 'row is', 'rows are')} told apart, {others}"
    return f"{told}{rest if apart else '.'}"


def _letters(key: str, title: str) -> Block:
    return button(
        "All letters", Act.MATRIX_SHOW, {"p": key}, spoken=f"Show all letters of {name(title, 40)}"
    )
