"""Which of a sheet's columns says what: guessed from its head line and from what stands below, and
changed by whoever knows better.

Three layouts are known. A *matrix* has a row a stage and a column a holder, with letters in the
cells. A *list* has a row a stage and a column a letter, with names in the cells. A *tidy* list has
a row a letter, as Charter writes it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.imports.placing import Placed, Placing, means_told, placing_of
from bot.imports.words import Means, head_means, is_empty, is_signs, letters_in, named_above
from bot.project import Letter
from bot.sheets import Found, Grid, Uncomputed, letters_of

FIRST_ROWS = 60
"""In which the head line is looked for."""
LOOKED_AT = 300
"""Rows by which is guessed what a column holds."""


class Shape(StrEnum):
    MATRIX = "matrix"
    LIST = "list"
    TIDY = "tidy list"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its number from 1, what its head line says, and what it means.

    `group` is what stands above the head: a job role over several people. `named` is whom somebody
    said a holder's column to be of.
    """

    number: int
    head: str
    means: Means
    group: str = ""
    named: str = ""

    @property
    def letter(self) -> str:
        return letters_of(self.number)

    @property
    def title(self) -> str:
        return self.head or f"column {self.letter}"

    @property
    def holder(self) -> str:
        """Whom a holder's column is of."""
        return self.named or self.head


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is read. `unplaced` are columns with something in them of which is not known what
    they say: nothing is read of the sheet until they are placed.

    `project` is the one that a line above the table names.
    """

    sheet: str
    shape: Shape
    head_row: int
    columns: tuple[Column, ...]
    unplaced: tuple[Column, ...] = ()
    project: str = ""

    def that(self, means: Means) -> Column | None:
        return next((one for one in self.columns if one.means is means), None)

    def all_that(self, means: Means) -> tuple[Column, ...]:
        return tuple(one for one in self.columns if one.means is means)

    @property
    def by_letter(self) -> tuple[Column, ...]:
        return tuple(one for one in self.columns if one.means.letter is not None)


def layout_of(grid: Grid, placed: Placed | None = None, number: int = 1) -> Layout | None:
    """The layout of a sheet, which is the one of that `number` in its file; None where it holds no
    letters.
    """
    said = placing_of(placed or {}, number)
    return _by_heads(grid, said) or _matrix(grid, said)


def text_of(found: Found) -> str:
    """A cell as text; nothing for a formula without its value."""
    if found is None or isinstance(found, Uncomputed):
        return ""
    return " ".join(str(found).split()) if isinstance(found, str) else str(found)


# --- lists ----------------------------------------------------------------------------------------


def _by_heads(grid: Grid, said: Placing) -> Layout | None:
    """A list: its head line names what the columns say."""
    is_told = said.head_row is not None
    first = [at for at in sorted(grid.rows) if at <= FIRST_ROWS]
    width = grid.width
    for row in [at for at in grid.rows if at == said.head_row] if is_told else first:
        heads = [text_of(grid.at(row, at)) for at in range(1, width + 1)]
        meant = [_meant(head, at, said) for at, head in enumerate(heads, start=1)]
        known = Counter(means for means in meant if means is not None)
        shape = _shape(known, least=1 if is_told else 2)
        if shape is None or (not is_told and _is_body(heads)):
            continue
        columns: list[Column] = []
        unplaced: list[Column] = []
        for at, (head, means) in enumerate(zip(heads, meant, strict=True), start=1):
            if means is None and not head and not _filled(grid, at, row):
                continue
            column = Column(at, head, _fitting(shape, means) or Means.NOTHING)
            (columns if means is not None else unplaced).append(column)
        above = _above(grid, row)
        return Layout(grid.name, shape, row, _once(columns), tuple(unplaced), above)
    return None


def _shape(known: Mapping[Means, int], least: int) -> Shape | None:
    """What columns make up; of a list those of `least` letters."""
    has_item = known.get(Means.ITEM, 0) + known.get(Means.COMPONENT, 0) + known.get(Means.PHASE, 0)
    if not has_item and not known.get(Means.ID):
        return None
    if known.get(Means.LETTER) and known.get(Means.PERSON):
        return Shape.TIDY
    by_letter = sum(known.get(Means(letter.value), 0) > 0 for letter in Letter)
    return Shape.LIST if by_letter >= least or known.get(Means.A) else None


def _is_body(heads: Sequence[str]) -> bool:
    """Whether it is a matrix's row with letters in it, and no head line: one letter stands in it
    several times, or two in one cell.
    """
    signs = [head.upper() for head in heads if is_signs(head) and head.upper() != "RACI"]
    return len(signs) != len(set(signs)) or any(len(sign) > 1 for sign in signs)


def _fitting(shape: Shape, means: Means | None) -> Means | None:
    """What a word means in a layout: in a tidy list no column is of one letter."""
    if shape is Shape.TIDY and means is not None and means.letter is not None:
        return Means.NOTHING
    if shape is Shape.LIST and means in (Means.LETTER, Means.PERSON, Means.SINCE, Means.UNTIL):
        return Means.NOTHING
    return means


def _once(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Of two stage columns the first is the phase, as in "Stage | Activity"."""
    items = [one for one in columns if one.means is Means.ITEM]
    if len(items) < 2:
        return tuple(columns)
    return tuple(_as(one, Means.PHASE) if one in items[:-1] else one for one in columns)


def _as(column: Column, means: Means) -> Column:
    return replace(column, means=means)


def _filled(grid: Grid, column: int, head_row: int) -> bool:
    return any(
        not is_empty(text_of(row[column - 1]))
        for number, row in grid.rows.items()
        if number > head_row and column <= len(row)
    )


# --- matrices -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Seen:
    """What stands in a column: letters, as signs or in words, and other texts from the first
    letters on; and where these are.
    """

    letters: int = 0
    words: int = 0
    texts: int = 0
    first: int = 0


def _matrix(grid: Grid, said: Placing) -> Layout | None:
    seen = _columns_seen(grid)
    holding = {at for at, one in seen.items() if one.letters and one.letters >= one.texts}
    if said.head_row is None:
        first = min((seen[at].first for at in holding), default=0)
        head_row = _head_row(grid, first, holding)
    else:
        head_row = said.head_row
        holding |= {at for at in range(1, grid.width + 1) if said.is_holder(letters_of(at))}
    if head_row is None or not holding:
        return None
    columns: list[Column] = []
    unplaced: list[Column] = []
    for at in range(1, grid.width + 1):
        head = text_of(grid.at(head_row, at))
        if head or _filled(grid, at, head_row):
            column = Column(at, head, Means.NOTHING, _group(grid, head_row, at))
            known = _in_matrix(grid, head_row, column, said, holding)
            (unplaced if known is None else columns).append(known or column)
    above = _above(grid, head_row)
    found = _matrix_items(columns)
    if not any(one.means is Means.HOLDER for one in found):
        return None  # somebody said so
    return Layout(grid.name, Shape.MATRIX, head_row, found, tuple(unplaced), above)


def _in_matrix(
    grid: Grid, head_row: int, column: Column, said: Placing, holding: set[int]
) -> Column | None:
    """What a column is, as somebody said or else by its head and what stands in it; None where
    nobody knows.
    """
    at, head, left = column.number, column.head, min(holding)
    if told := said.of(head, at):
        means = means_told(told)
        named = replace(column, means=Means.HOLDER, named=told)
        return named if means is None else _as(column, means)
    means = head_means(head)
    if at in holding or (at > left and means is None and _is_marked(grid, at, head_row)):
        return _as(column, Means.HOLDER)
    if means is not None and means.letter is None:
        return _as(column, means)
    return _as(column, Means.ITEM) if at < left else None


def _matrix_items(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Left of the letters the last column that may be one is the stage, the others its phases."""
    if any(one.means is Means.ITEM for one in columns):
        return _once(columns)
    phases = [one for one in columns if one.means is Means.PHASE]
    if not phases:
        return tuple(columns)
    return tuple(_as(one, Means.ITEM) if one == phases[-1] else one for one in columns)


def _columns_seen(grid: Grid) -> dict[int, _Seen]:
    seen: dict[int, _Seen] = {}
    for number in sorted(grid.rows)[:LOOKED_AT]:
        for at, found in enumerate(grid.rows[number], start=1):
            text = text_of(found)
            if is_empty(text):
                continue
            one = seen.setdefault(at, _Seen())
            if is_signs(text):
                one.letters += 1
                one.first = one.first or number
            elif letters_in(text):
                one.words += 1
            elif len(text) > 4:
                one.texts += bool(one.letters)
    return seen


def _head_row(grid: Grid, first: int, holding: set[int]) -> int | None:
    """The last line above the letters in which holders' names stand."""
    for row in sorted((at for at in grid.rows if at < first), reverse=True):
        named = [at for at in holding if _is_name(text_of(grid.at(row, at)))]
        if len(named) * 2 >= len(holding):
            return row
    return None


def _is_name(text: str) -> bool:
    return not is_empty(text)


def _is_marked(grid: Grid, column: int, head_row: int) -> bool:
    """Whether nothing but short signs, and letters in words, stands below a head."""
    return all(
        _is_short(text_of(row[column - 1]))
        for number, row in grid.rows.items()
        if number > head_row and column <= len(row)
    )


def _is_short(text: str) -> bool:
    is_number = text.replace(".", "", 1).isdigit()
    return (len(text) <= 4 and not is_number) or bool(letters_in(text))


def _group(grid: Grid, head_row: int, column: int) -> str:
    """What stands above a head: the job role over several people."""
    text = text_of(grid.at(head_row - 1, column))
    own = text_of(grid.at(head_row, column))
    return text if text != own and len(text) <= 80 else ""


# --- both -----------------------------------------------------------------------------------------


def _meant(head: str, at: int, said: Placing) -> Means | None:
    told = said.of(head, at)
    return means_told(told) if told else head_means(head)


def _above(grid: Grid, head_row: int) -> str:
    """The project that a line above the table names."""
    for row in sorted(at for at in grid.rows if at < head_row):
        texts = dict.fromkeys(text_of(found) for found in grid.rows[row])
        if named := named_above(texts):
            return named
    return ""


def is_total(cells: Sequence[Found]) -> bool:
    """Whether a matrix's cells count letters instead of giving them."""
    filled = [text for text in map(text_of, cells) if not is_empty(text)]
    return bool(filled) and all(text.isdigit() for text in filled)
