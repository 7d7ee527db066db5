"""Who bears how much, over all the projects of the book."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from bot.exports import ids, raci
from bot.exports.material import Material
from bot.load import Load, borne
from bot.people import Person
from bot.project import Holder, Letter, PersonHolder, Vacancy
from bot.sheets import (
    Cell,
    Chart,
    Column,
    Content,
    Drawn,
    Formula,
    Look,
    Row,
    Series,
    Sheet,
    Span,
    letters_of,
    plain,
)
from bot.telling import holder_name

NAME = "Load"
OTHERS = "Other"
COLUMNS = (
    Column("Person", 30, Look.KEY, about="a person, a user group, or a vacant seat"),
    Column("Job role", 26, about="what they work as; of a vacant seat the role that is wanted"),
    Column("A", 6, Look.TOTAL, about="rows of the sheet RACI with that letter, by a formula"),
    Column("R", 6, Look.TOTAL, about="the same for R"),
    Column("C", 6, Look.TOTAL, about="the same for C"),
    Column("I", 6, Look.TOTAL, about="the same for I"),
    Column("Projects", 9, Look.WHOLE, about="projects in which they hold a letter"),
    Column("Open, accountable", 12, Look.WHOLE, about="open rows that they are accountable for"),
    Column("Only R", 8, Look.WHOLE, about="open stages whose only Responsible they are"),
    Column("What that means", 30, about="where it is more than the workspace thinks is enough"),
    Column("ID", 24, Look.QUIET, hidden=True, about="the holder's key; hidden"),
)
MOST_FORMULAS = 4_000_000
"""Cells that formulas may look at in all; a larger book has plain numbers, or opening it lasts."""
MOST_BARS = 15
_LETTERS = list(Letter)


def load(material: Material, listed: Sheet) -> Sheet:
    """`listed` is the sheet RACI. People first, by who is accountable for most; then what is
    vacant.
    """
    named, held, places = _held(material)
    counts = Counter(
        (str(plain(row[raci.PERSON])), str(plain(row[raci.LETTER]))) for row in listed.rows
    )
    heavy = borne(material.projects, material.people, material.load_limit)
    order = sorted(
        named,
        key=lambda key: (
            isinstance(named[key], Vacancy),
            -counts[held[key], Letter.A],
            -counts[held[key], Letter.R],
            held[key].casefold(),
            key,
        ),
    )
    rows: list[Row] = []
    computed = len(order) * len(_LETTERS) * len(listed.rows) <= MOST_FORMULAS
    for key in order:
        number = len(rows) + 2
        letters: list[Content] = []
        for letter in _LETTERS:
            count = counts[held[key], letter]
            made = Formula(_formula(number, letter, len(listed.rows)), count)
            letters.append(Cell(made if computed else count, Look.TOTAL))
        rows.append(
            [
                held[key],
                _role(named[key], material),
                *letters,
                len(places[key]),
                *_open(named[key], heavy, material),
                key,
            ]
        )
    return Sheet(
        NAME,
        COLUMNS,
        rows,
        totals=_totals(rows, computed=computed),
        as_table="Load",
        charts=_charts(order, named),
    )


def _held(
    material: Material,
) -> tuple[dict[str, Holder], dict[str, str], dict[str, set[int]]]:
    """Who holds a letter, what they are called, and in which projects; by the holders' ids."""
    named: dict[str, Holder] = {}
    places: dict[str, set[int]] = defaultdict(set)
    for project in material.projects:
        for item in project.items:
            if item.inherits_raci and project.ruling(item) is not item:
                continue
            for one in item.assignments:
                # Seats that differ only in who left them are called differently: two rows.
                key = ids.of_holder(one.holder, material.people)
                if isinstance(one.holder, Vacancy) and one.holder.was is not None:
                    key = f"{key}:{_was(one.holder, material.people)}"
                named.setdefault(key, one.holder)
                places[key].add(project.id)
    return named, {key: holder_name(one, material.people) for key, one in named.items()}, places


def _was(seat: Vacancy, people: Mapping[int, Person]) -> str:
    was = people.get(seat.was) if seat.was is not None else None
    return was.key if was else ""


def _formula(row: int, letter: Letter, listed: int) -> str:
    """How many rows of the list name exactly that holder with that letter."""
    people, letters = (letters_of(at + 1) for at in (raci.PERSON, raci.LETTER))
    last = listed + 1
    return (
        f"SUMPRODUCT(--EXACT(RACI!${people}$2:${people}${last},$A{row}),"
        f'--EXACT(RACI!${letters}$2:${letters}${last},"{letter}"))'
    )


def _role(holder: Holder, material: Material) -> str:
    match holder:
        case PersonHolder(person=key):
            person = material.people[key]
            known = material.roles.get(person.role)
            return known.title if known else " ".join(person.job_title.split()) or OTHERS
        case Vacancy(role=role):
            return " ".join(role.split()) or OTHERS
        case _:
            return "user group"


def _open(holder: Holder, heavy: Mapping[int, Load], material: Material) -> list[Content]:
    if not isinstance(holder, PersonHolder):
        return [None, None, Cell("nobody yet", Look.GAP) if isinstance(holder, Vacancy) else None]
    if not material.people[holder.person].active:
        return [None, None, Cell("has left", Look.GAP)]
    found = heavy.get(holder.person)
    if found is None:
        return [0, 0, None]
    rows = sum(one.together for one in found.accountable)
    words = f"accountable for more than {material.load_limit}" if found.is_over else ""
    alone = f"alone on {len(found.alone)}" if found.alone else ""
    told = "; ".join(part for part in (words, alone) if part)
    look = Look.GAP if found.is_over else Look.TEXT
    return [rows, len(found.alone), Cell(told, look) if told else None]


def _totals(rows: list[Row], *, computed: bool) -> list[Row]:
    if not rows:
        return [[Cell("Nobody holds a letter yet.", Look.NOTE)]]
    sums: list[Content] = []
    for at in range(2, 2 + len(_LETTERS)):
        total = sum(value for row in rows if isinstance(value := plain(row[at]), int))
        letter = letters_of(at + 1)
        made = Formula(f"SUM({letter}2:{letter}{len(rows) + 1})", total)
        sums.append(Cell(made if computed else total, Look.TOTAL))
    return [[Cell("All letters", Look.LABEL), Cell(None, Look.LABEL), *sums]]


def _charts(order: list[str], named: Mapping[str, Holder]) -> list[Chart]:
    people = sum(isinstance(named[key], PersonHolder) for key in order)
    last = min(people, MOST_BARS) + 1
    if not people:
        return []
    series = [
        Series("Accountable", Span(3, 2, last), Look.BAR_WHOLE),
        Series("Responsible", Span(4, 2, last), Look.BAR_SLIP),
    ]
    chart = Chart(
        "Who bears most",
        Drawn.STACKED_BARS,
        Span(1, 2, last),
        series,
        column=len(COLUMNS) + 2,
        row=2,
        width=15,
        height=max(6.0, 2.6 + 0.6 * last),
    )
    return [chart]
