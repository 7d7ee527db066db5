"""The team: what is missing, who is free, who bears too much, and what job roles do."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from bot import roles
from bot.documents import review_words
from bot.gaps import Lack, LackKind, Missing
from bot.load import Load, Row
from bot.outcome import Gap
from bot.people import Person
from bot.team import GapsShown, IdleShown, LoadShown
from handlers.views import seats
from handlers.views.acts import Act
from handlers.views.kit import (
    Block,
    Message,
    Piece,
    actions,
    bold,
    bullets,
    button,
    counted,
    data_table,
    message,
    name,
    paragraph,
    quiet,
    section,
)
from handlers.views.names import told_apart
from handlers.views.scope import edit_button

MOST_GAPS = 30
MOST_ROWS = 20
MOST_PEOPLE = 99


def gaps(shown: GapsShown) -> Message:
    """Every gap in its one order, each with what mends it."""
    people, missing = told_apart(shown.people), shown.missing
    where = shown.project.name if shown.project else "All projects that you can see"
    told = [_gap(gap, people, one=shown.project is not None) for gap in missing.seats]
    told += [_lack(lack, people, one=shown.project is not None) for lack in missing.lacks]
    return message(
        paragraph(bold(name(where)), f": {_summed_up(missing)}"),
        told[:MOST_GAPS],
        quiet(_rest(len(told), one=shown.project is not None)),
    )


def _summed_up(missing: Missing) -> str:
    if not missing.stages:
        return "no gaps: nothing is open."
    owned = f"{missing.owned}/{missing.stages} stages owned"
    if not missing.number:
        return f"no gaps, {owned}."
    return f"{counted(missing.number, 'gap')}, {owned}."


def _rest(number: int, *, one: bool) -> str:
    if number <= MOST_GAPS:
        return ""
    where = "/charter raci" if one else "/charter gaps PROJECT"
    return f"and {number - MOST_GAPS} more: {where} or a workbook (/charter export) has them all."


def _gap(gap: Gap, people: Mapping[int, Person], *, one: bool) -> Block:
    why = seats.gap(gap.project, gap.item, gap.missing, people)
    mend = button(
        "Assign",
        Act.ASSIGN_OPEN,
        {"p": gap.project.key, "i": gap.item.key, "l": gap.missing.value, "v": gap.item.version},
        spoken=f"Assign who is {gap.missing.word} for {name(gap.item.title, 40)}",
    )
    where = "" if one else f" ({name(gap.project.name)})"
    return section(f"no-{gap.missing.value} · {name(gap.item.title)}{where}: {why}", mend)


def _lack(lack: Lack, people: Mapping[int, Person], *, one: bool) -> Block:
    where = "" if one else f" ({name(lack.project.name)})"
    match lack.kind:
        case LackKind.NO_TARGET:
            said, mend = "no success metric has a target", "Set a target"
        case LackKind.SCOPE:
            said, mend = f"not said yet: {', '.join(lack.what)}", "Edit scope"
        case LackKind.REVIEW:
            return _review(lack, people, where)
        case _:
            assert_never(lack.kind)
    return section(f"{lack.kind.value} · {said}{where}", edit_button(lack.project, mend))


def _review(lack: Lack, people: Mapping[int, Person], where: str) -> Block:
    assert lack.due is not None
    title = name(lack.due.link.title, 40)
    mend = button("Open", Act.LINK_OPEN, url=lack.due.link.url, spoken=f"Open {title}")
    return section(f"{lack.kind.value} · {name(review_words(lack.due, people), 300)}{where}", mend)


def idle(shown: IdleShown) -> Message:
    people = told_apart(shown.people)
    over = counted(shown.projects, "open project")
    if not shown.idle:
        return message(
            paragraph(f"Everybody holds a letter somewhere in the {over} that you can see.")
        )
    rows = [[name(people[one.id].name), roles.of(one, shown.roles)] for one in shown.idle]
    return message(
        paragraph(
            bold(counted(len(rows), "person holds", "people hold")),
            f" no letter in any of the {over} that you can see:",
        ),
        data_table("People without a letter", ("Person", "Role"), rows[:MOST_PEOPLE]),
        quiet(
            f"and {len(rows) - MOST_PEOPLE} more." if len(rows) > MOST_PEOPLE else "",
            "Give one with /charter raci ITEM LETTERS HOLDER, or see what is open: /charter gaps",
        ),
    )


def load(shown: LoadShown) -> Message:
    people = told_apart(shown.people)
    if shown.person is not None:
        return _one_load(shown.loads[0], people)
    if not shown.loads:
        return message(
            paragraph(
                f"Nobody is accountable for more than {counted(shown.limit, 'open row')}, and no "
                "stage has only one person responsible, in the projects that you can see."
            )
        )
    rows: list[list[str | int]] = [
        [
            name(people[one.person.id].name),
            len(one.accountable),
            len(one.alone),
            _why(one),
        ]
        for one in shown.loads
    ]
    return message(
        paragraph(bold("Load"), " over all open projects that you can see:"),
        data_table(
            "Who bears too much or alone",
            ("Person", "Accountable for rows", "Only one responsible for stages", "Why listed"),
            rows[:MOST_PEOPLE],
        ),
        quiet(
            f"and {len(rows) - MOST_PEOPLE} more." if len(rows) > MOST_PEOPLE else "",
            f"More than {counted(shown.limit, 'row')} is too much. See one person’s with /charter "
            "load PERSON.",
        ),
    )


def _why(load: Load) -> str:
    told = []
    if load.is_over:
        told.append(f"over {load.limit} rows")
    if load.alone:
        told.append(f"alone: {_rows_in_line(load.alone)}")
    return "; ".join(told)


def _rows_in_line(rows: Sequence[Row], most: int = 3) -> str:
    shown = [f"{name(row.item.title, 40)} ({name(row.project.name, 40)})" for row in rows[:most]]
    more = f" and {len(rows) - most} more" if len(rows) > most else ""
    return f"{', '.join(shown)}{more}"


def _one_load(load: Load, people: Mapping[int, Person]) -> Message:
    who = bold(name(people[load.person.id].name))
    number = len(load.accountable)
    verdict = f"over the limit of {load.limit}" if load.is_over else f"the limit is {load.limit}"
    return message(
        paragraph(who, f" is accountable for {counted(number, 'open row')}; {verdict}."),
        bullets([_row(row) for row in load.accountable], MOST_ROWS) if load.accountable else [],
        paragraph(
            who,
            " is the only one responsible for "
            f"{counted(len(load.alone), 'stage')}{':' if load.alone else '.'}",
        ),
        bullets([_row(row) for row in load.alone], MOST_ROWS) if load.alone else [],
        [] if not (load.accountable or load.alone) else _mend(load),
    )


def _mend(load: Load) -> list[Block]:
    project = (*load.accountable, *load.alone)[0].project
    return actions(
        button(
            f"Letters of {name(project.name, 50)}",
            Act.MATRIX_SHOW,
            {"p": project.key},
            spoken=f"Show all letters of {name(project.name, 40)}",
        )
    )


def _row(row: Row) -> list[str | Piece]:
    if row.together > 1:
        return [bold(name(row.project.name)), f": {row.together} rows as one, in start-up mode"]
    return [f"{name(row.item.title)} (", name(row.project.name), ")"]
