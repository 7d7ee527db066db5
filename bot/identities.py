"""People's names elsewhere: at code hosts and trackers, and their e-mail addresses.

Nobody is guessed: a name is somebody's where an admin said so, or a document, or Slack itself.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.errors import BadInput, Problem, Why
from bot.people import Person, apart
from bot.sheets import Value
from bot.sources import LOGINS
from bot.sources.making import MACHINES

KINDS = (*LOGINS, "email")
"""What can be said of somebody: what they are called at each source, and how they are written to.
Who they are in Slack is Slack's to say.
"""
ALSO = {
    **{also: name for name, logins in LOGINS.items() for also in logins.also},
    **dict.fromkeys(("mail", "e-mail", "e-mail address", "email address"), "email"),
}
"""What else kinds may be called, also at the head of a column."""
TITLES = {**{name: logins.title for name, logins in LOGINS.items()}, "email": "E-mail"}
"""What people call the kinds."""
NOTHING = "-"
"""In a table: none. An empty cell says nothing."""
LONGEST = 200
MOST_OF_A_KIND = 5
_NAME = re.compile(r"[^\s,;|<>=]+")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
_LINK = re.compile(r"<(?:mailto:|https?://)?([^|>]+)(?:\|([^>]*))?>")
COLUMNS = ("person", "name", "slack", *KINDS)
HEADINGS = dict.fromkeys(("who", "person/e-mail", "person/email", "e-mail/person"), "person")
"""What else the column of people may be called."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a person's at a service."""

    person: int
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of names: whose, and what it says of each kind (nothing: no word).

    `places` are where it says so, by kind and "person": a line, or a workbook's cell.
    """

    line: int
    person: str
    says: Mapping[str, tuple[str, ...]]
    places: Mapping[str, str] = field(default_factory=dict, compare=False)

    def at(self, column: str) -> str:
        return self.places.get(column) or f"line {self.line}"


def kind_of(text: str) -> str:
    """The service that somebody means. `BadInput` for one that there is not."""
    wanted = text.strip().casefold()
    wanted = ALSO.get(wanted, wanted)
    if wanted not in KINDS:
        raise BadInput(Why.BAD_IDENTITY, {"kind": text, "known": ", ".join(KINDS)}, "kind")
    return wanted


def is_shared(kind: str, value: str) -> bool:
    """Whether a name there is that of a machine's user, and so nobody's."""
    logins = LOGINS.get(kind)
    return logins is not None and logins.of_machines and value.casefold() in MACHINES


def checked(kind: str, text: str) -> str:
    """A name as it is kept. `BadInput` for what cannot be one, or is everybody's."""
    found = _LINK.fullmatch(text.strip())
    value = (found[2] or found[1] if found else text).strip().removeprefix("@")
    is_well = len(value) <= LONGEST and (_MAIL if kind == "email" else _NAME).fullmatch(value)
    if not is_well:
        raise BadInput(Why.BAD_LOGIN, {"kind": kind, "value": text.strip()[:LONGEST]}, "value")
    if is_shared(kind, value):
        raise BadInput(Why.SHARED_LOGIN, {"kind": kind, "value": value}, "value")
    return value.casefold() if kind == "email" else value


def of_person(names: Iterable[Name], person: int, kind: str) -> tuple[str, ...]:
    return tuple(one.value for one in names if (one.person, one.kind) == (person, kind))


def holder(names: Iterable[Name], kind: str, value: str) -> int | None:
    """Whose a name is; case does not tell names apart."""
    wanted = (kind, value.casefold())
    return next((one.person for one in names if (one.kind, one.value.casefold()) == wanted), None)


# Who is not known elsewhere

ALWAYS = ("github", "email")
"""What is asked of everybody; the trackers' names only where somebody has one there."""


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Somebody who has no name at some of the services that are in use here."""

    person: Person
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleMap:
    """How many of `people` have a name at each service in use, and who lacks one somewhere."""

    people: int
    known: Mapping[str, int]
    unmapped: tuple[Unmapped, ...]


def people_map(people: Mapping[int, Person], names: Iterable[Name]) -> PeopleMap:
    """Of active people of the workspace: neither bots nor guests, nobody from outside. What an
    account has that was merged into another counts for that one.
    """
    told: dict[int, set[str]] = {}
    for one in names:
        person = people.get(one.person)
        key = one.person if person is None else person.merged_into or person.id
        told.setdefault(key, set()).add(one.kind)
    here = sorted(
        (one for one in apart(people) if _is_mapped(one)),
        key=lambda one: (one.name.casefold(), one.id),
    )
    own = {one.id: told.get(one.id, set()) for one in here}
    used = [kind for kind in KINDS if kind in ALWAYS or any(kind in had for had in own.values())]
    lacking = ((one, tuple(kind for kind in used if kind not in own[one.id])) for one in here)
    return PeopleMap(
        people=len(here),
        known={kind: sum(kind in had for had in own.values()) for kind in used},
        unmapped=tuple(Unmapped(one, lacks) for one, lacks in lacking if lacks),
    )


def _is_mapped(person: Person) -> bool:
    return person.active and not (person.is_bot or person.is_guest or person.is_outside)


# As a table


def written(people: Sequence[Person], names: Sequence[Name]) -> str:
    """The table of all people, as `read` takes it."""
    told: dict[tuple[int, str], list[str]] = {}
    for one in names:
        told.setdefault((one.person, one.kind), []).append(one.value)
    made = io.StringIO()
    table = csv.writer(made, lineterminator="\n")
    table.writerow(COLUMNS)
    for person in people:
        own = (" ".join(told.get((person.id, kind), ())) for kind in ("slack", *KINDS))
        table.writerow([person.key, _plain(person.name), *own])
    return made.getvalue()


def _plain(text: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


Rows = tuple[tuple[Row, ...], tuple[Problem, ...]]
Place = Callable[[int, int], str]
"""What a cell is called, by its line and its column, both counted from 1 and 0."""


def read(text: str) -> Rows:
    """The rows of a table with a heading, and everything that is wrong with it, by line.

    Columns may come in any order and be left out; `name` and `slack` are for reading alone. Without
    a column for the person the e-mail address says whose a row is.
    """
    table = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=_delimiter(text))
    try:
        lines = [(table.line_num, [cell.strip() for cell in row]) for row in table]
    except csv.Error as error:
        return (), (Problem(f"line {table.line_num}", f"it cannot be read: {error}"),)
    return _read(lines, lambda line, _column: f"line {line}")


def read_sheet(rows: Sequence[Sequence[Value]]) -> Rows:
    """The same of a workbook's sheet, everything that is wrong by its cell."""
    lines = [(at, [_cell(value) for value in row]) for at, row in enumerate(rows, start=1)]
    return _read(lines, lambda line, column: f"{_letters(column)}{line}")


def _cell(value: Value) -> str:
    """A name as it was typed, also one that the spreadsheet took for a number."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _letters(column: int) -> str:
    """A, B … Z, AA: what a spreadsheet calls a column."""
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _read(lines: Iterable[tuple[int, Sequence[str]]], place: Place) -> Rows:
    lines = [(number, row) for number, row in lines if any(row)]
    if not lines:
        return (), (Problem(place(1, 0), f"a heading is missing: {','.join(COLUMNS)}"),)
    (number, head), rest = lines[0], lines[1:]
    names = [_heading(cell) for cell in head]
    if "person" not in names and names.count("email") == 1:
        names[names.index("email")] = "person"
    wrong = [Problem(place(number, at), f"“{one}” is no column") for at, one in _unknown(names)]
    if "person" not in names:
        wrong.append(Problem(place(number, 0), "the column “person” is missing"))
    if wrong:
        return (), tuple(wrong)
    rows = [_row(number, names, row, place, wrong) for number, row in rest]
    found = [row for row in rows if row is not None]
    wrong += _repeated(found)
    return tuple(found), tuple(sorted(wrong, key=_line))


def _heading(text: str) -> str:
    said = re.sub(r"\s*([/&])\s*", r"\1", " ".join(text.casefold().split()))
    return HEADINGS.get(said) or ALSO.get(said, said)


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return ";" if head.count(";") > head.count(",") else ","


def _unknown(names: Sequence[str]) -> list[tuple[int, str]]:
    return [
        (at, name)
        for at, name in enumerate(names)
        if name and (name not in COLUMNS or name in names[:at])
    ]


def _row(
    line: int, names: Sequence[str], row: Sequence[str], place: Place, wrong: list[Problem]
) -> Row | None:
    cells = dict(zip(names, row, strict=False))
    places = {name: place(line, at) for at, name in enumerate(names)}
    if not cells.get("person"):
        wrong.append(Problem(places["person"], "it names no person"))
        return None
    says: dict[str, tuple[str, ...]] = {}
    for kind in KINDS:
        words = cells.get(kind, "").replace(";", " ").split()
        if not words:
            continue
        try:
            says[kind] = () if words == [NOTHING] else tuple(checked(kind, one) for one in words)
        except BadInput as error:
            value = error.facts.get("value", "")
            why = f"is no name for {kind}"
            if error.why is Why.SHARED_LOGIN:
                why = "is a machine's user, and nobody's name"
            wrong.append(Problem(places[kind], f"“{value}” {why}"))
    return Row(line, cells["person"], says, places)


def _repeated(rows: Sequence[Row]) -> list[Problem]:
    """Names that two lines claim."""
    seen: dict[tuple[str, str], Row] = {}
    wrong: list[Problem] = []
    for row in rows:
        for kind, values in row.says.items():
            for value in values:
                first = seen.setdefault((kind, value.casefold()), row)
                if first is not row:
                    message = f"{kind} “{value}” stands in {first.at(kind)} as well"
                    wrong.append(Problem(row.at(kind), message))
    return wrong


def _line(problem: Problem) -> int:
    return int(re.sub(r"\D", "", problem.path))
