"""Job roles: the catalogue, one of them, and how it was said otherwise."""

from collections.abc import Mapping, Sequence

from bot.changes import JobGiven
from bot.project import Letter, Project
from bot.roles import Catalogue, Role
from bot.roles import title as title_of
from bot.team import CatalogueDone, Holding, RoleShown, RolesShown, VacantSeat
from handlers.views import changes, seats
from handlers.views.acts import Act
from handlers.views.kit import (
    NOTHING,
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    counted,
    cut,
    data_table,
    listed,
    message,
    name,
    paragraph,
    quiet,
)

MOST_HOLDERS = 15
MOST_LETTERS = 4


def catalogue(shown: RolesShown) -> Message:
    rows = [
        [
            name(role.title),
            _stages(role, shown.titles) or NOTHING,
            listed([one.name for one in shown.holders.get(key, ())], 4) or NOTHING,
        ]
        for key, role in shown.roles.items()
    ]
    edit = "Admins add one with /charter role add NAME: DUTIES." if shown.may_edit else ""
    return message(
        paragraph(bold("Job roles"), ", with the stages that each usually holds:"),
        data_table("Job roles", ("Role", "Usual stages", "Who has it"), rows[:99]),
        quiet("See what one does with /charter role NAME.", edit),
    )


def _stages(role: Role, titles: Mapping[str, str]) -> str:
    return listed([titles.get(key, key.replace("_", " ")) for key in role.stages], 9)


def role(shown: RoleShown) -> Message:
    """What it does here: by the catalogue, and by who has it and what they really hold."""
    one = shown.role
    return message(
        paragraph(bold(name(one.title)), f": {_does(one)}"),
        bullets(
            [
                [bold("Usual stages: "), _stages(one, shown.titles) or "none in particular"],
                [bold("Works with: "), _others(one, shown.roles) or "nobody in particular"],
            ]
        ),
        _holders(shown),
        _vacant(shown.vacant),
        actions(_edit(one) if shown.may_edit else None),
    )


def _does(one: Role) -> str:
    return cut(one.does, 1000) if one.does.strip() else "nobody has written down yet what it does."


def _others(one: Role, roles: Catalogue) -> str:
    return listed([title_of(key, roles) for key in one.works_with], 9)


def _holders(shown: RoleShown) -> Block | list[Block]:
    if not shown.holders:
        return paragraph("Nobody here has this role. Say who does: /charter role set PERSON ROLE")
    rows: list[Sequence[str | Piece]] = [
        [bold(name(one.person.name)), f": {_held(one)}"] for one in shown.holders
    ]
    return [
        paragraph(bold("Who has it here, and what they hold in projects that you can see:")),
        bullets(rows, MOST_HOLDERS),
    ]


def _held(holding: Holding) -> str:
    """A few letters in words, the weightiest first: "A/R Data pipeline (Atlas)"."""
    if not holding.letters:
        return "no letter"
    rows: dict[tuple[int, str], tuple[Project, str, list[Letter]]] = {}
    for held in holding.letters:
        key = (held.project.id, held.item.key)
        rows.setdefault(key, (held.project, held.item.title, []))[2].append(held.letter)
    told = [
        f"{'/'.join(one for one in Letter if one in letters)} {name(title, 40)} "
        f"({name(project.name, 40)})"
        for project, title, letters in sorted(
            rows.values(), key=lambda row: min(map(list(Letter).index, row[2]))
        )
    ]
    more = f" and {len(told) - MOST_LETTERS} more" if len(told) > MOST_LETTERS else ""
    return ", ".join(told[:MOST_LETTERS]) + more


def _vacant(vacant: Sequence[VacantSeat]) -> Block:
    if not vacant:
        return {}
    told = [
        f"{seat.letter.value} of {name(seat.item.title, 40)} ({name(seat.project.name, 40)})"
        for seat in vacant
    ]
    return paragraph(
        bold(f"{seats.capital(counted(len(told), 'seat waits', 'seats wait'))} for one: "),
        listed(told, 6),
    )


def _edit(one: Role) -> Block:
    return button("Edit", Act.ROLE_OPEN, {"r": one.key}, spoken=f"Edit {name(one.title, 50)}")


def done(done: CatalogueDone, by_name: str) -> Message:
    """What was said otherwise; with an Undo button while it can be taken back."""
    about = "" if isinstance(done.change, JobGiven) else _title(done)
    undone = "Taken back. " if done.undone else ""
    rows = [changes.stepped(line) for line in done.lines]
    return message(
        paragraph(undone, bold(about) if about else "", ": " if about else "", *rows[0])
        if len(rows) == 1
        else [paragraph(undone, bold(about), ":"), bullets(rows)],
        quiet(*changes.signed(by_name, done.at, done.undo_until)),
        actions(
            button("Undo", Act.ROLE_UNDO, {"s": done.seq}, spoken="Undo this change")
            if done.undo_until
            else None
        ),
    )


def _title(done: CatalogueDone) -> str:
    change = done.change
    assert not isinstance(change, JobGiven)
    known = change.after or change.before
    return name(known.title) if known else ""
