"""The RACI matrix: a row a stage or component, a column a person, under the job roles."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.exports import ids
from bot.exports.material import Material
from bot.exports.standing import lacks, ordered
from bot.project import (
    Assignment,
    Group,
    Holder,
    Item,
    Letter,
    PersonHolder,
    Project,
    Status,
    Vacancy,
)
from bot.sheets import Cell, Column, Formula, Look, Row, Sheet, Value, letters_of

FIXED = (Column("Project", 26, Look.KEY), Column("Stage", 24, Look.KEY), Column("Gap", 30))
HIDDEN = (
    Column("Own", 5, Look.WHOLE, hidden=True),
    Column("ID", 30, Look.QUIET, hidden=True),
)
HEADS = 2
"""Rows above the first one: the job roles, and the names."""
MOST_PROJECTS = 30
"""Projects of a matrix; nobody could read more."""
MOST_HOLDERS = 1_000
"""Columns for holders, those with most letters first; nobody could read more."""
ACROSS = 36
"""Columns for holders that one printed page bears."""

OTHERS, GROUPS, VACANT = "Other roles", "User groups", "vacant"
NARROW, WIDE = 5.5, 9.5
_LETTERS = list(Letter)


@dataclass(frozen=True, slots=True)
class _Seat:
    """A column: under which job role it stands, and what it is called there.

    `person` tells two people of one name apart; open seats of one role share a column.
    """

    role: str
    name: str
    is_open: bool = False
    person: int = 0

    def place(self, order: Mapping[str, int]) -> tuple[int, str, bool, str, int]:
        """Where it stands, by the `order` of the workspace's roles; the others come behind."""
        last = {OTHERS: 1, GROUPS: 2}.get(self.role, 0)
        at = order.get(self.role, len(order) + last)
        return at, self.role.casefold(), self.is_open, self.name.casefold(), self.person


def matrix(material: Material) -> Sheet:
    shown = material.projects[:MOST_PROJECTS]
    held = [
        (project, item, stage, _cells(project, item, material))
        for project in shown
        for stage, component in ordered(project)
        for item in (component or stage,)
    ]
    uses = Counter(seat for *_, cells in held for seat in cells)
    kept = [seat for seat, _ in uses.most_common(MOST_HOLDERS)]
    order = {role.title: at for at, role in enumerate(material.roles.values())}
    seats = sorted(kept, key=lambda seat: seat.place(order))
    places = {seat: at for at, seat in enumerate(seats)}
    lacking = {project.id: lacks(project, material.people) for project in shown}
    more = _more(len(material.projects))
    return Sheet(
        "Matrix",
        (*FIXED, *_columns(seats), *HIDDEN),
        [_row(*row, places, lacking[row[0].id].get(row[1].id)) for row in held],
        keys=2,
        totals=[*_totals(held, seats), *more],
        pages_wide=max(1, -(-len(seats) // ACROSS)),
    )


def _cells(project: Project, item: Item, material: Material) -> dict[_Seat, tuple[Letter, ...]]:
    found: dict[_Seat, list[Assignment]] = {}
    for held in project.raci(item):
        found.setdefault(_seat(held.holder, material), []).append(held)
    return {
        seat: tuple(sorted({one.letter for one in letters}, key=_LETTERS.index))
        for seat, letters in found.items()
    }


def _seat(holder: Holder, material: Material) -> _Seat:
    match holder:
        case PersonHolder(person=key):
            person = material.people[key]
            known = material.roles.get(person.role)
            role = known.title if known else " ".join(person.job_title.split()) or OTHERS
            return _Seat(role, person.name, not person.active, key)
        case Vacancy(role=role):
            return _Seat(" ".join(role.split()) or OTHERS, VACANT, is_open=True)
        case Group(handle=handle):
            return _Seat(GROUPS, f"@{handle.lstrip('@')}")


def _columns(seats: Iterable[_Seat]) -> Iterator[Column]:
    """Wide enough, together, for the role above them."""
    for role, group in groupby(seats, key=lambda seat: seat.role):
        under = list(group)
        words = max((len(word) for word in role.split()), default=0)
        needed = max(words, len(role) / 2 + 1) + 2
        for seat in under:
            own = WIDE if seat.is_open else NARROW
            head = f"{seat.name} (left)" if seat.is_open and seat.name != VACANT else seat.name
            yield Column(head, max(own, needed / len(under)), Look.LETTER, role, upright=True)


def _row(
    project: Project,
    item: Item,
    stage: Item,
    cells: Mapping[_Seat, tuple[Letter, ...]],
    places: Mapping[_Seat, int],
    lack: str | None,
) -> Row:
    title = item.title if item is stage else f"– {item.title}"
    inherits = item.inherits_raci and item is not stage
    letters: list[Value | Cell] = [None] * len(places)
    for seat, held in cells.items():
        if seat in places:
            letters[places[seat]] = _cell(seat, held, inherits=inherits)
    look = Look.KEY if item is stage else Look.TEXT
    return [
        project.name,
        Cell(title, Look.STRUCK if item.status is Status.SKIPPED else look),
        Cell(f"as {stage.title}", Look.QUIET) if inherits else _gap(lack),
        *letters,
        0 if inherits else 1,
        ids.of_item(project, item),
    ]


def _gap(lack: str | None) -> Value | Cell:
    return Cell(lack, Look.GAP) if lack else None


def _cell(seat: _Seat, letters: tuple[Letter, ...], *, inherits: bool) -> Value | Cell:
    words = "/".join(letters)
    if seat.is_open:
        return Cell(f"{words} {VACANT if seat.name == VACANT else '(left)'}", Look.VACANT)
    if inherits:
        return Cell(words, Look.INHERITED)
    return Cell(words, Look.ACCOUNTABLE) if Letter.A in letters else words


def _totals(
    held: Sequence[tuple[Project, Item, Item, Mapping[_Seat, tuple[Letter, ...]]]],
    seats: Sequence[_Seat],
) -> list[Row]:
    """How many letters everybody has, by formulas; those that a component takes from its stage
    count once, which is what the hidden column "Own" is for.
    """
    counts: Counter[tuple[_Seat, Letter]] = Counter()
    for _, item, stage, cells in held:
        if item is stage or not item.inherits_raci:
            counts.update((seat, letter) for seat, letters in cells.items() for letter in letters)
    if not held:
        return []
    own = letters_of(len(FIXED) + len(seats) + 1)
    return [
        [
            Cell(words, Look.LABEL),
            Cell(None, Look.LABEL),
            Cell(None, Look.LABEL),
            *(
                Cell(
                    Formula(_formula(letter, at, own, len(held)), counts[seat, letter]), Look.TOTAL
                )
                for at, seat in enumerate(seats, start=len(FIXED) + 1)
            ),
        ]
        for words, letter in (("Accountable for", Letter.A), ("Responsible for", Letter.R))
    ]


def _formula(letter: Letter, column: int, own: str, count: int) -> str:
    """No word beside the letters has a capital: "R vacant", "A (left)"."""
    first, last, of = HEADS + 1, HEADS + count, letters_of(column)
    cells, counted = f"{of}{first}:{of}{last}", f"${own}${first}:${own}${last}"
    return f'SUMPRODUCT(--ISNUMBER(FIND("{letter}",{cells})),{counted})'


def _more(projects: int) -> list[Row]:
    """Where there are more projects than a matrix can show."""
    if projects <= MOST_PROJECTS:
        return []
    words = (
        f"These are the first {MOST_PROJECTS} of {projects} projects. The sheet RACI has the "
        "letters of all of them; /charter export PROJECT gives the matrix of one."
    )
    return [[Cell(words, Look.NOTE)]]
